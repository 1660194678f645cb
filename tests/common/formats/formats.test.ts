import fc from 'fast-check'
import { expect, test } from 'vitest'
import { detectFormat, formats } from '../../../common/formats/formats.ts'
import type { Point } from '../../../common/point.ts'
import { read } from './read.ts'

const names = Object.keys(formats)

const name = fc.oneof(
  fc.string({ unit: 'binary', minLength: 1, maxLength: 40 }),
  fc.stringMatching(/^[\\,= "'#\n\r\tn\0a]{1,12}$/),
  fc.constantFrom(
    'core 0',
    'Größe, °C',
    '"',
    '\\',
    '\\n',
    'a\\',
    '#',
    ' ',
    '\n',
    '\r',
    'x\r\n',
    '=1+1',
    '{"a":1}',
    '__proto__',
  ),
)
const value = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.integer(),
  fc.constantFrom(0, -0, 5e-324, Number.MAX_VALUE, -Number.MAX_VALUE, 2 ** 53, 0.1, 1e21, 1e-7),
)
const time = fc.oneof(
  fc.integer({ min: 1_500_000_000_000, max: 1_900_000_000_000 }),
  fc.integer({ min: -2e11, max: 2e11 }),
  fc.constantFrom(0, -1, 1, 99_999_999_999, 100_000_000_000, -99_999_999_999, 253_402_300_800_000, 2 ** 51),
)
const point: fc.Arbitrary<Point> = fc.record(
  { project: name, category: name, label: name, time, value },
  { noNullPrototype: true },
)
/** Neighbours that share a series or a time, as in an export. */
const points = fc.array(point, { maxLength: 20 }).map((all) =>
  all.map((one, i) => {
    const before = all[i - 1]
    if (before === undefined || i % 3 === 0) return one
    return {
      ...one,
      project: before.project,
      category: before.category,
      time: i % 3 === 1 ? before.time : one.time,
    }
  }),
)

test.each(names)('formats[%s] writes points that are read back to the same bit', (format) => {
  const { writer, reader } = formats[format] ?? expect.fail()
  fc.assert(
    fc.property(points, fc.nat(20), (all, cut) => {
      const { head, text } = writer()
      const written = head + text(all.slice(0, cut)) + text(all.slice(cut))
      const { points: found, refused } = read({ name: format, writer, reader }, written)
      expect(refused).toEqual([])
      expect(found).toStrictEqual(all)
    }),
    { numRuns: 300 },
  )
})

test.each(names)('detectFormat() knows %s by what it writes', (format) => {
  const { writer } = formats[format] ?? expect.fail()
  fc.assert(
    fc.property(point, (one) => {
      const { head, text } = writer()
      expect(detectFormat(head + text([one]))?.name).toBe(format)
    }),
    { numRuns: 500 },
  )
})

test.each(names)('formats[%s] refuses what it cannot read with a reason and never throws', (format) => {
  const { writer, reader } = formats[format] ?? expect.fail()
  fc.assert(
    fc.property(
      points,
      fc.array(fc.tuple(fc.nat(2000), fc.string({ unit: 'binary', maxLength: 3 }))),
      (all, edits) => {
        const { head, text } = writer()
        let written = head + text(all)
        for (const [at, inserted] of edits) written = written.slice(0, at) + inserted + written.slice(at + 1)
        const { points: found, refused } = read({ name: format, writer, reader }, written)
        for (const [line, reason] of refused) {
          expect(line).toBeGreaterThan(0)
          expect(reason).not.toBe('')
        }
        for (const one of found) {
          expect(Number.isFinite(one.value) && Number.isInteger(one.time)).toBe(true)
          expect(one.category !== '' && one.label !== '').toBe(true)
        }
      },
    ),
  )
})

test('detectFormat() knows files that others wrote', () => {
  expect(detectFormat('\uFEFFtime,value,label,category\n')?.name).toBe('csv')
  expect(detectFormat('board,cpu,core 0,2026-01-31T03:12:00Z,3.5\n')?.name).toBe('csv')
  expect(detectFormat('\n{"category":"cpu"')?.name).toBe('ndjson')
  expect(detectFormat('# DML\ncpu,host=a usage=3.5 1700000000000000000')?.name).toBe('line-protocol')
  expect(detectFormat('cpu usage=3i')?.name).toBe('line-protocol')
  expect(detectFormat('PNG nonsense\n')).toBeUndefined()
  expect(detectFormat('')).toBeUndefined()
})
