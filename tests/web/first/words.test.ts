import { expect, test } from 'vitest'
import { ago, momentInWords, timeOfDay } from '../../../web/first/words.ts'

const now = new Date(2026, 10, 22, 14, 3, 22).getTime()

test('timeOfDay() has seconds and twenty-four hours', () => {
  expect(timeOfDay(now)).toBe('14:03:22')
})

test('momentInWords() always has the weekday, the date when it is not today and the year when it is not this one', () => {
  expect(momentInWords(now - 60_000, now)).toMatch(/^\p{L}+\.?,? 14:02:22$/u)
  expect(momentInWords(now - 86_400_000, now)).toMatch(/21/)
  expect(momentInWords(now - 86_400_000, now)).not.toMatch(/2026/)
  expect(momentInWords(new Date(2024, 1, 3, 1).getTime(), now)).toMatch(/2024/)
})

test('ago() is short', () => {
  expect(ago(now, now)).toBe('now')
  expect(ago(now - 90_000, now)).toBe('1 min 30 s ago')
})
