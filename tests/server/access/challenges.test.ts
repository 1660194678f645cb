import { expect, test } from 'vitest'
import { Challenges } from '../../../server/access/challenges.ts'
import { TestClock } from '../support/test-app.ts'

test('take() is true once, in time, and for whom the challenge was made', () => {
  const clock = new TestClock()
  const challenges = new Challenges(clock)
  for (const word of ['once', 'for one', 'for any', 'late']) {
    challenges.add(word, word === 'for one' ? 1 : null)
  }
  expect([challenges.take('once', null), challenges.take('once', null)]).toEqual([true, false])
  expect(challenges.take('for one', 2)).toBe(false)
  expect(challenges.take('for any', 1)).toBe(false)
  expect(challenges.take('never made', null)).toBe(false)
  clock.pass(5 * 60_000)
  expect(challenges.take('late', null)).toBe(false)
})

test('add() forgets the oldest rather than grow without end', () => {
  const challenges = new Challenges(new TestClock())
  for (let i = 0; i < 1001; i++) challenges.add(String(i), null)
  expect([challenges.take('0', null), challenges.take('1', null), challenges.take('1000', null)]).toEqual([
    ...[false, true, true],
  ])
})
