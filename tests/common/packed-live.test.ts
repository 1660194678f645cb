import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { LivePacker, LiveUnpacker } from '../../common/packed-live.ts'

const value = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.integer({ min: -1000, max: 100_000 }).map((tenths) => tenths / 10),
  fc.integer({ min: 0, max: 8_000_000 }).map((pages) => pages * 4096),
  fc.maxSafeInteger(),
  fc.constantFrom(0, 1, 100, 1e-9, 5e-324, 1.7976931348623157e308),
)
const group = fc.record({
  time: fc.integer({ min: -1e12, max: 4e12 }),
  values: fc.dictionary(fc.integer({ min: 1, max: 90 }).map(String), value, {
    maxKeys: 20,
    noNullPrototype: true,
  }),
})
const round = fc.record({
  position: fc.nat(),
  sentAt: fc.nat().map((seconds) => seconds * 1000),
  points: fc.array(group, { maxLength: 3 }),
})

/** Negative zero counts as zero, as in JSON. */
const plain = (rounds: unknown): unknown => JSON.parse(JSON.stringify(rounds))

describe('LivePacker', () => {
  test('LivePacker loses nothing, whatever comes after whatever', () => {
    fc.assert(
      fc.property(fc.nat(), fc.array(round, { maxLength: 12 }), (position, rounds) => {
        const [packer, unpacker] = [new LivePacker(position), new LiveUnpacker(position)]
        const back = rounds.map((one) => unpacker.unpack(packer.pack(one)))
        expect(plain(back)).toEqual(plain(rounds))
      }),
      { numRuns: 200 },
    )
  })

  test('LivePacker remembers only so many sets of series, and goes on without', () => {
    const [packer, unpacker] = [new LivePacker(0), new LiveUnpacker(0)]
    for (let id = 1; id < 200; id++) {
      const sent = { position: id, sentAt: 0, points: [{ time: id, values: { [id]: id / 3, [id + 1]: 2 } }] }
      expect(unpacker.unpack(packer.pack(sent))).toEqual(sent)
      expect(unpacker.unpack(packer.pack(sent))).toEqual(sent)
    }
  })

  test('LivePacker takes less than half a megabyte an hour for ten cards of six series, half of which move', () => {
    const packer = new LivePacker(0)
    const random = randomly(7)
    const values: Record<string, number> = Object.fromEntries(
      Array.from({ length: 60 }, (_, id) => [id + 1, 50]),
    )
    let bytes = 0
    for (let second = 0; second < 600; second++) {
      for (const id of Object.keys(values)) {
        if (random() < 0.5) values[id] = Math.round(((values[id] ?? 0) + 20 * (random() - 0.5)) * 10) / 10
      }
      const line = packer.pack({
        position: second,
        sentAt: second * 1000 + 30,
        points: [{ time: second * 1000, values }],
      })
      bytes += `data:${line}\n\n`.length + '80\r\n\r\n'.length
    }
    expect(bytes * 6).toBeLessThan(500_000)
  })
})

describe('LiveUnpacker', () => {
  test.each(['', 'A', 'AAC', 'AA!', 'AABAAg', 'AAAA'])('LiveUnpacker refuses %j', (line) => {
    expect(() => new LiveUnpacker(0).unpack(line)).toThrow(RangeError)
  })
})

/** The same numbers from 0 to 1 each time (mulberry32). */
function randomly(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}
