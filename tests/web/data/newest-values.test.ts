import { expect, test } from 'vitest'
import { NewestValues } from '../../../web/data/newest-values.ts'

test('NewestValues keeps the newest point of each series, whichever way it came', () => {
  const newest = new NewestValues()
  newest.learnAnswer({
    ...{ project: 'nas', time: 5000 },
    values: [
      { category: 'load', id: 1, label: '1 min', time: 4000, value: 1 },
      { category: 'load', id: 2, label: '5 min', time: 4000, value: 2 },
    ],
  })
  const ids = newest.learnLive([
    { time: 3000, values: { 1: 99 } },
    { time: 5000, values: { 2: 3 } },
  ])
  expect(ids).toEqual(new Set([1, 2]))
  expect(newest.get(1)).toEqual({ time: 4000, value: 1 })
  expect(newest.get(2)).toEqual({ time: 5000, value: 3 })
  expect(newest.get(3)).toBeUndefined()
  newest.clear()
  expect(newest.get(1)).toBeUndefined()
})
