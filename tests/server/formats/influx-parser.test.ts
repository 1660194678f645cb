import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { InfluxNames } from '../../../server/formats/influx-names.ts'
import { InfluxParser, precisions } from '../../../server/formats/influx-parser.ts'
import { Naming } from '../../../server/formats/naming.ts'

type Found = [category: string, label: string, time: number | undefined, value: number, line: number]

const namesOf = () => new InfluxNames(new Naming({ category: '{measurement} {tags}', label: '{field}' }))

/** All that is read, `slice` bytes at a time. */
function read(text: string | Uint8Array, { slice = 1e9, names = namesOf(), precision = 'ns' } = {}) {
  const points: Found[] = []
  const wrong: [line: number, text: string, reason: string][] = []
  const sink = {
    point: (...point: Found) => void points.push(point),
    wrong: (...fault: [number, string, string]) => void wrong.push(fault),
  }
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text
  const parser = new InfluxParser(names, bytes, sink, precisions[precision])
  while (parser.more(slice));
  return { points, wrong }
}

const escaped = (name: string): string => name.replace(/[\\,= ]/g, '\\$&')
const anyName = fc
  .string({ unit: fc.constantFrom(...'ab\\,= é€"#'), minLength: 1, maxLength: 8 })
  .filter((name) => name.trim() === name && !name.includes('  ') && !name.startsWith('#'))
const anyValue = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.integer(),
  fc
    .tuple(fc.integer({ min: -1e9, max: 1e9 }), fc.nat(6))
    .map(([whole, digits]) => Number((whole / 10 ** digits).toFixed(digits))),
)
const anyTime = fc.integer({ min: -1e12, max: 4e12 })

describe('InfluxParser', () => {
  test('more() reads what was written, to the same bit, however it is sliced', () => {
    const point = fc.record({
      measurement: anyName,
      tag: fc.option(fc.tuple(anyName, anyName)),
      field: anyName,
      value: anyValue,
      time: anyTime,
    })
    const names = namesOf()
    fc.assert(
      fc.property(
        fc.array(point, { maxLength: 5 }),
        fc.constantFrom('\n', '\r\n', '\n\n# x\n'),
        fc.integer({ min: 1, max: 40 }),
        (all, end, slice) => {
          const lines = all.map(({ measurement, tag, field, value, time }) => {
            const tags = tag ? `,${escaped(tag[0])}=${escaped(tag[1])}` : ''
            return `${escaped(measurement)}${tags} ${escaped(field)}=${Object.is(value, -0) ? '-0' : value} ${time}000000`.replace(
              / 0000000$/,
              ' 0',
            )
          })
          const { points, wrong } = read(lines.join(end), { slice, names })
          expect(wrong).toEqual([])
          const written = all.map(({ measurement, tag, field, value, time }) => [
            `${measurement}${tag ? ` ${tag[0]}=${tag[1]}` : ''}`.trim(),
            field,
            time,
            value,
          ])
          expect(points.map((found) => found.slice(0, 4))).toEqual(written)
        },
      ),
      { numRuns: 400 },
    )
  })

  test('more() reads every way to write a value and passes over text, also over several lines', () => {
    const { points, wrong } = read(
      'm a=1i,b=-2u,c="x,y=1 \\" z\nq",d=t,e=F,f=.5,g=5.,h=+3,i=1e-3,j=-0,k=123456789012345678i 7\nn a=1',
    )
    expect(wrong).toEqual([])
    expect(points.map(([, label, , value]) => [label, value])).toEqual([
      ...[
        ['a', 1],
        ['b', -2],
        ['d', 1],
        ['e', 0],
        ['f', 0.5],
        ['g', 5],
        ['h', 3],
        ['i', 0.001],
        ['j', -0],
      ],
      ...[
        ['k', 123456789012345680],
        ['a', 1],
      ],
    ])
    expect(points.at(-1)).toEqual(['n', 'a', undefined, 1, 3])
  })

  test.each([
    ['m', 'missing fields'],
    ['m,t=a', 'missing fields'],
    ['m ', 'missing fields'],
    [',t=a f=1', 'missing measurement'],
    ['m,t f=1', 'missing tag value'],
    ['m,t= f=1', 'missing tag value'],
    ['m,=a f=1', 'missing tag key'],
    ['m =1', 'missing field key'],
    ['m f', 'invalid field format'],
    ['m f=', 'missing field value'],
    ['m f=1,', 'missing fields'],
    ['m f=1x', 'invalid number'],
    ['m f=1.5i', 'invalid number'],
    ['m f=1e999', 'invalid number'],
    ['m f=nan', 'invalid boolean'],
    ['m f=tRUE', 'invalid boolean'],
    ['m f="x', 'unbalanced quotes'],
    ['m f="x"y', 'invalid field format'],
    ['m f=1 now', 'bad timestamp'],
    ['m f=1 5 5', 'bad timestamp'],
    ['m f=1 123456789012345678901', 'bad timestamp'],
  ])('more() says what is wrong with %s, and reads on', (line, reason) => {
    const { points, wrong } = read(`good f=1\n${line}\ngood f=2`)
    expect(wrong).toEqual(
      line.startsWith('m f="x') && !line.endsWith('y') ? [[2, line, reason]] : [[2, line.trimEnd(), reason]],
    )
    expect(points.map(([, , , value]) => value)).toEqual([1, 2])
  })

  test('more() ends, and gives only whole lines, for any bytes', () => {
    const valid = 'cpu,host=a\\ b usage=1.5,on=t,s="x \\" y" 1769829120000000000\nmem free=5i,used=-2e3\n'
    const bytes = new TextEncoder().encode(valid)
    const names = namesOf()
    const changed = fc
      .tuple(fc.nat(bytes.length - 1), fc.nat(255), fc.nat(bytes.length))
      .map(([at, byte, end]) => bytes.with(at, byte).slice(0, end))
    fc.assert(
      fc.property(
        fc.oneof(changed, fc.uint8Array({ maxLength: 80 })),
        fc.integer({ min: 1, max: 99 }),
        (given, slice) => {
          const whole = read(given, { names })
          expect(read(given, { slice, names })).toEqual(whole)
          const faults = new Set(whole.wrong.map(([line]) => line))
          for (const [, , time, value, line] of whole.points) {
            expect(faults.has(line)).toBe(false)
            expect(Number.isFinite(value) && (time === undefined || Number.isSafeInteger(time))).toBe(true)
          }
        },
      ),
      { numRuns: 1000 },
    )
  })

  test('more() forgets names before they fill the memory', () => {
    const names = namesOf()
    const lines = Array.from({ length: 25_000 }, (_, i) => `m,t=${i} f${i}=1`)
    const { points } = read(lines.join('\n'), { names })
    expect(points).toHaveLength(25_000)
    expect(points.at(-1)?.slice(0, 2)).toEqual(['m t=24999', 'f24999'])
    expect(read('m,t=3 f3=1', { names }).points[0]?.[0]).toBe('m t=3')
  })
})
