import { expect, test } from 'vitest'
import { eachLine, lineOf, numberAfter, numbersFrom } from '../../generator/proc-text.ts'

const text = 'MemTotal:   16303428 kB\nMemFree:  2511764 kB\n\neth0:1 22  333\nlast 7'

test('lineOf() finds a key at the start of a line only', () => {
  expect(lineOf(text, 'MemTotal:')).toBe(0)
  expect(lineOf(text, 'MemFree:')).toBe(24)
  expect(lineOf(text, 'Free:')).toBe(-1)
  expect(lineOf('', 'MemFree:')).toBe(-1)
})

test('numberAfter() reads one whole number, up to the text’s end', () => {
  expect(numberAfter(text, 'MemFree:')).toBe(2511764)
  expect(numberAfter(text, 'last')).toBe(7)
  expect(numberAfter(text, 'MemAvailable:')).toBeUndefined()
  expect(numberAfter('key without number\nkey2 5', 'key ')).toBeUndefined()
})

test('numbersFrom() stays in its line and stops at so many', () => {
  expect(numbersFrom(text, text.indexOf('eth0:') + 5, 9)).toEqual([1, 22, 333])
  expect(numbersFrom(text, text.indexOf('eth0:') + 5, 2)).toEqual([1, 22])
  expect(numbersFrom('9007199254740991 2', 0, 2)).toEqual([Number.MAX_SAFE_INTEGER, 2])
})

test('eachLine() visits every line that has something in it', () => {
  const lines: string[] = []
  eachLine(text, (start, end) => lines.push(text.slice(start, end)))
  expect(lines).toEqual(text.split('\n').filter((line) => line !== ''))
})
