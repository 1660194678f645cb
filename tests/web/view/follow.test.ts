import { expect, test } from 'vitest'
import { followEvery } from '../../../web/view/follow.ts'

test.each([
  [10_000, 16],
  [60_000, 60],
  [300_000, 300],
  [600_000, 1000],
  [86_400_000, 1000],
])('followEvery() moves a live window of %s ms every %s ms', (span, ms) => {
  expect(followEvery(span, false)).toBe(ms)
})

test('followEvery() steps once a second for whoever wants less motion', () => {
  expect(followEvery(60_000, true)).toBe(1000)
})
