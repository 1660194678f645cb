// Columns as nasty as they come: short decimals, pages, counters, constants, subnormals, whole numbers around 2^53
// and random bits, alone and mixed.

import fc from 'fast-check'

const randomBits = fc
  .tuple(fc.integer({ min: 0, max: 0xffff_ffff }), fc.integer({ min: 0, max: 0xffff_ffff }))
  .map((words) => new Float64Array(Uint32Array.from(words).buffer)[0] ?? 0)
  .filter(Number.isFinite)

const edges = [
  0,
  -0,
  5e-324,
  -5e-324,
  2 ** 53,
  -(2 ** 53),
  2 ** 53 - 1,
  2 ** 52,
  1.7976931348623157e308,
  0.1,
  1 / 3,
]

const decimal = fc
  .tuple(fc.integer({ min: -100_000, max: 100_000 }), fc.integer({ min: 0, max: 6 }))
  .map(([whole, digits]) => whole / 10 ** digits)

/** Any finite float64. */
export const anyValue = fc.oneof(
  { weight: 4, arbitrary: decimal },
  fc.constantFrom(...edges),
  randomBits,
  fc.integer().map((pages) => pages * 4096),
  fc.maxSafeInteger(),
)

const walk = fc.array(fc.integer({ min: -40, max: 40 }), { maxLength: 3000 }).map((steps) => {
  let place = 1000
  return steps.map((step) => {
    place += step
    return place / 10
  })
})

const repeated = fc
  .tuple(anyValue, anyValue, fc.array(fc.boolean(), { maxLength: 500 }))
  .map(([one, other, which]) => which.map((first) => (first ? one : other)))

/** Columns of one kind of value, and mixed ones. */
export const anyColumn = fc
  .oneof(
    fc.array(anyValue, { maxLength: 300 }),
    fc.array(decimal, { maxLength: 600 }),
    fc.array(randomBits, { maxLength: 300 }),
    fc.array(fc.maxSafeInteger(), { maxLength: 300 }),
    walk,
    repeated,
  )
  .map((values) => Float64Array.from(values))

/** Ascending, distinct times: on the grid, late by milliseconds, with gaps. */
export const anyTimes = (length: number) =>
  fc
    .tuple(
      fc.integer({ min: -(2 ** 43), max: 2 ** 43 }),
      fc.constantFrom(1, 7, 1000, 10_000),
      fc.array(fc.oneof({ weight: 9, arbitrary: fc.constant(1) }, fc.integer({ min: 2, max: 90_000 })), {
        minLength: length,
        maxLength: length,
      }),
      fc.array(fc.integer({ min: 0, max: 24 }), { minLength: length, maxLength: length }),
    )
    .map(([start, step, gaps, lateness]) => {
      let place = start
      let before = Number.NEGATIVE_INFINITY
      return Float64Array.from(gaps, (gap, i) => {
        place += gap * step
        before = Math.max(before + 1, step >= 1000 ? place + (lateness[i] ?? 0) : place)
        return before
      })
    })

/** Bits of every value: tells -0 from 0. */
export const bitsOf = (values: Float64Array): string[] =>
  [...new BigUint64Array(values.slice().buffer)].map((bits) => bits.toString(16))
