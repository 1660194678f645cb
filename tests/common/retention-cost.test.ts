import { expect, test } from 'vitest'
import {
  type CategoryUse,
  packedBytes,
  retentionCost,
  retentionOf,
  typicalBytes,
} from '../../common/retention-cost.ts'

const day = 86_400
const everySecond: CategoryUse = {
  project: 'board',
  category: 'processors',
  points: 1_000_000,
  pointBytes: 500_000,
  sums: 20_000,
  sumBytes: 80_000,
  pointsPerDay: 8 * day,
  sumsPerDay: 8 * 1465,
}
const young: CategoryUse = {
  ...everySecond,
  category: 'foo',
  points: 10,
  pointBytes: 90,
  sums: 0,
  sumBytes: 0,
  pointsPerDay: 1440,
  sumsPerDay: 25,
}
const plan = { maxAgeSeconds: 365 * day, fullResolutionSeconds: 7 * day }

test('retentionCost() is what the points and sums of the kept days take, by measure', () => {
  const { categories } = retentionCost([everySecond], plan)
  const { perPoint, perSum, isMeasured } = packedBytes(everySecond)
  expect(isMeasured).toBe(true)
  expect(perPoint).toBeCloseTo(0.535)
  expect(perSum).toBeCloseTo(4.28)
  expect(categories).toEqual([
    {
      project: 'board',
      category: 'processors',
      pointBytes: expect.closeTo(7 * 8 * day * perPoint, 3),
      sumBytes: expect.closeTo(365 * 8 * 1465 * perSum, 3),
      bytesPerDay: expect.closeTo(8 * day * perPoint + 8 * 1465 * perSum, 3),
    },
  ])
})

test('retentionCost() takes typical figures where too little is there to measure', () => {
  expect(packedBytes(young)).toEqual({ ...typicalBytes, isMeasured: false })
  const [cost] = retentionCost([young], plan).categories
  expect(cost?.pointBytes).toBeCloseTo(7 * 1440 * typicalBytes.perPoint)
})

test('retentionCost() adds up all categories and what an empty database takes', () => {
  const empty = retentionCost([], plan)
  const [one, other, both] = [[everySecond], [young], [everySecond, young]].map((uses) =>
    retentionCost(uses, plan),
  )
  expect(empty.bytesPerDay).toBe(0)
  expect(empty.bytes).toBeGreaterThan(0)
  expect((both?.bytes ?? 0) + empty.bytes).toBeCloseTo((one?.bytes ?? 0) + (other?.bytes ?? 0), 3)
})

test('retentionCost() grows with what is kept and follows the override of a category', () => {
  const bytes = (given: Parameters<typeof retentionCost>[1]) =>
    retentionCost([everySecond, young], given).bytes
  expect(bytes({ ...plan, maxAgeSeconds: 730 * day })).toBeGreaterThan(bytes(plan))
  expect(bytes({ ...plan, fullResolutionSeconds: 30 * day })).toBeGreaterThan(bytes(plan))
  expect(bytes({ ...plan, overrides: { processors: { fullResolutionSeconds: day } } })).toBeLessThan(
    bytes(plan),
  )
  expect(bytes({ ...plan, overrides: { nobody: { fullResolutionSeconds: day } } })).toBe(bytes(plan))
})

test('retentionOf() keeps single points no longer than anything', () => {
  const short = { maxAgeSeconds: day, fullResolutionSeconds: 7 * day }
  expect(retentionOf('processors', short)).toEqual({ maxAgeSeconds: day, fullResolutionSeconds: day })
  const overridden = { ...plan, overrides: { foo: { maxAgeSeconds: 3600 } } }
  expect(retentionOf('foo', overridden)).toEqual({ maxAgeSeconds: 3600, fullResolutionSeconds: 3600 })
  expect(retentionOf('constructor', overridden)).toEqual(plan)
})
