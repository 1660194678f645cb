import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ByteReader, ByteWriter } from '../../../store/codec/bytes.ts'
import { readTimes, writeTimes } from '../../../store/codec/times.ts'
import { readValues, writeValues } from '../../../store/codec/values.ts'
import { anyColumn, anyTimes, bitsOf } from './arbitraries.ts'

const written = (values: Float64Array) => {
  const bytes = new ByteWriter()
  writeValues(bytes, values)
  return bytes.copy()
}

test('readValues() gives back every bit of any column', () => {
  fc.assert(
    fc.property(anyColumn, (values) => {
      const bytes = new ByteReader(written(values))
      const read = new Float64Array(values.length)
      readValues(bytes, read)
      expect(bitsOf(read)).toEqual(bitsOf(values))
      expect(bytes.done).toBe(true)
    }),
    { numRuns: 400 },
  )
})

test('writeValues() takes a handful of bytes for a constant, whatever it is', () => {
  for (const value of [0, -0, 42, 0.1, 1 / 3, 5e-324, 2 ** 53]) {
    expect(written(new Float64Array(3600).fill(value)).length).toBeLessThan(24)
  }
})

test('writeValues() takes under a byte for noise of fifty steps and a tenth for steps now and then', () => {
  let seed = 1
  const random = () => {
    seed = (seed * 48_271) % 2_147_483_647
    return seed / 2_147_483_647
  }
  const noise = Float64Array.from({ length: 3600 }, () => Math.round(400 + random() * 50) / 10)
  expect(written(noise).length).toBeLessThan(0.8 * 3600)
  let degrees = 40
  const steps = Float64Array.from({ length: 3600 }, () => {
    if (random() < 0.01) degrees += random() < 0.5 ? 0.5 : -0.5
    return degrees
  })
  expect(written(steps).length).toBeLessThan(0.05 * 3600)
})

test('writeValues() sets one odd value among decimals aside', () => {
  const values = Float64Array.from({ length: 3600 }, (_, i) => (i % 17) / 10)
  const plain = written(values).length
  values[1234] = Math.PI
  expect(written(values).length).toBeLessThan(plain + 40)
})

test('readTimes() gives back times on the grid, late, and with gaps', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 400 }).chain(anyTimes), (times) => {
      const bytes = new ByteWriter()
      writeTimes(bytes, times)
      expect([...readTimes(new ByteReader(bytes.copy()), times.length)]).toEqual([...times])
    }),
    { numRuns: 300 },
  )
})

test('writeTimes() takes next to nothing on the grid and five bits for 0 to 24 ms late', () => {
  const size = (times: Float64Array) => {
    const bytes = new ByteWriter()
    writeTimes(bytes, times)
    return bytes.length
  }
  const start = 1_700_000_000_000
  expect(size(Float64Array.from({ length: 3600 }, (_, i) => start + i * 1000))).toBeLessThan(40)
  const late = Float64Array.from({ length: 3600 }, (_, i) => start + i * 1000 + ((i * 7919) % 25))
  expect(size(late)).toBeLessThan((3600 * 5) / 8)
})
