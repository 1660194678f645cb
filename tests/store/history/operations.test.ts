import fc from 'fast-check'
import { expect, test } from 'vitest'
import { undeclared } from '../../../common/declaration.ts'
import type { Point } from '../../../common/point.ts'
import { openStore } from '../../../store/open.ts'
import type { Buckets, SeriesBuckets, Store } from '../../../store/types.ts'
import { ReferenceStore } from '../reference-store.ts'
import { temporaryFile } from '../temporary.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour
const start = Date.UTC(2026, 2, 28, 22, 58, 30)

type Operation =
  | { kind: 'append'; points: readonly Point[] }
  | { kind: 'step'; count: number }
  | { kind: 'sealAll' }
  | { kind: 'reopen' }
  | { kind: 'prune'; at: number; ageMs: number }

const labels = ['a', 'b', 'c'] as const
const value = fc.oneof(
  fc.integer({ min: -2000, max: 2000 }).map((tenths) => tenths / 10),
  fc.double({ min: -1e9, max: 1e9, noNaN: true }),
)
const one = (offset: number, label: string, found: number): Point => ({
  project: 'm',
  category: 'foo',
  label,
  time: start + offset,
  value: found,
})

/** A stretch of rounds at an even pace: forward, over what is there already, or after a clock was set back. */
const rounds = fc
  .record({
    from: fc.integer({ min: -2 * day, max: 12 * day }),
    count: fc.integer({ min: 1, max: 250 }),
    every: fc.constantFrom(1000, 10_000, 7 * minute, 3 * hour),
    many: fc.integer({ min: 1, max: 3 }),
    first: value,
  })
  .map(({ from, count, every, many, first }) =>
    Array.from({ length: count }, (_, n) =>
      labels.slice(0, many).map((label, i) => one(from + n * every, label, first + ((n * 7 + i) % 31) / 10)),
    ).flat(),
  )

/** Single points anywhere, on times that come again: replaced and late ones. */
const strays = fc.array(
  fc
    .tuple(fc.integer({ min: -40, max: 400 }), fc.constantFrom(...labels), value)
    .map(([n, label, found]) => one(n * 37 * minute, label, found)),
  { minLength: 1, maxLength: 30 },
)

const operation: fc.Arbitrary<Operation> = fc.oneof(
  { weight: 5, arbitrary: rounds.map((points): Operation => ({ kind: 'append', points })) },
  { weight: 5, arbitrary: strays.map((points): Operation => ({ kind: 'append', points })) },
  {
    weight: 6,
    arbitrary: fc.integer({ min: 1, max: 9 }).map((count): Operation => ({ kind: 'step', count })),
  },
  { weight: 1, arbitrary: fc.constant<Operation>({ kind: 'sealAll' }) },
  { weight: 2, arbitrary: fc.constant<Operation>({ kind: 'reopen' }) },
)

const withPruning = fc.oneof(
  { weight: 8, arbitrary: operation },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.integer({ min: 0, max: 12 * day }), fc.constantFrom(hour, day, 5 * day))
      .map(([at, ageMs]): Operation => ({ kind: 'prune', at: start + at, ageMs })),
  },
)

const windows = fc.array(
  fc.record({
    from: fc.integer({ min: -3 * day, max: 12 * day }),
    span: fc.constantFrom(minute, hour, 5 * hour, 3 * day, 20 * day),
    buckets: fc.integer({ min: 2, max: 600 }),
  }),
  { minLength: 2, maxLength: 5 },
)

/** A writer that seals at every chance and another process's view of the same file. */
class Pair {
  readonly file = temporaryFile()
  readonly reference = new ReferenceStore()
  store = this.#open()
  reader = this.#open()

  constructor() {
    this.store.declare('m', 'foo', { ...undeclared, everySeconds: 1 })
  }

  run(operation: Operation): void {
    const { kind } = operation
    if (kind === 'append') {
      this.store.append(operation.points)
      this.reference.append(operation.points)
    } else if (kind === 'step') {
      for (let i = 0; i < operation.count; i++) this.store.seal(0)
    } else if (kind === 'sealAll') this.store.sealAll()
    else if (kind === 'prune') this.#prune(operation.at, operation.ageMs)
    else {
      this.store.close()
      this.store = this.#open()
    }
  }

  close(): void {
    this.store.close()
    this.reader.close()
  }

  #prune(now: number, ageMs: number): void {
    while (this.store.prune({ now, maxAgeSeconds: ageMs / 1000, budgetMs: 0 }));
    const step = Math.max(minute, Math.floor(ageMs / 1000 / minute) * minute)
    this.reference.removeBefore(Math.floor((now - ageMs) / step) * step)
  }

  #open(): Store {
    return openStore({ file: this.file, sealAt: { points: 1, rows: 1 } })
  }
}

/** Every bucket is looked at; only what differs is told, for telling what does not takes most of a test's time. */
function expectSame(answer: Buckets, reference: ReferenceStore): void {
  const wanted = reference.buckets(answer)
  expect(answer.series.map(({ label }) => label).sort()).toEqual([...wanted.keys()].sort())
  const wrong = answer.series.flatMap((series) =>
    (wanted.get(series.label) ?? []).flatMap((values, i) =>
      isSummary(series, i, values)
        ? []
        : [{ label: series.label, bucket: i, ...bucketOf(series, i), values }],
    ),
  )
  expect(wrong).toEqual([])
}

const bucketOf = ({ count, min, mean, max }: SeriesBuckets, i: number) => ({
  count: count[i],
  min: min[i],
  mean: mean[i],
  max: max[i],
})

function isSummary(series: SeriesBuckets, i: number, values: readonly number[]): boolean {
  const { count, min, mean = Number.NaN, max } = bucketOf(series, i)
  if (count !== values.length) return false
  if (values.length === 0) return [min, mean, max].every(Number.isNaN)
  const [least, most] = [Math.min(...values), Math.max(...values)]
  const exact = values.reduce((sum, found) => sum + found, 0) / values.length
  const dust = 1e-11 * Math.max(Math.abs(least), Math.abs(most))
  return min === least && max === most && Math.abs(mean - exact) <= dust
}

function expectSameNewest(store: Store, reference: ReferenceStore, times: readonly number[]): void {
  const byLabel = (values: ReturnType<Store['latest']>) =>
    new Map(values.map(({ label, time, value: found }) => [label, { time, value: found }]))
  expect(byLabel(store.latest('m'))).toEqual(reference.newest(-8e15, 8e15))
  for (const time of times) {
    expect(byLabel(store.at('m', time))).toEqual(reference.newest(time - minute, time))
  }
}

function holdsThrough(
  operations: readonly Operation[],
  looks: { from: number; span: number; buckets: number }[],
) {
  const pair = new Pair()
  try {
    for (const [index, one] of operations.entries()) {
      pair.run(one)
      const isLast = index === operations.length - 1
      for (const { from, span, buckets } of isLast ? looks : looks.slice(index % looks.length).slice(0, 1)) {
        const window = { project: 'm', category: 'foo', from: start + from, to: start + from + span, buckets }
        for (const store of [pair.store, pair.reader]) expectSame(store.query(window), pair.reference)
      }
    }
    const times = looks.map(({ from }) => start + from)
    for (const store of [pair.store, pair.reader]) expectSameNewest(store, pair.reference, times)
    expect([...pair.store.check()].filter((found) => found !== null)).toEqual([])
  } finally {
    pair.close()
  }
}

test('query() equals a plain look at all points after any sealing, late points, replacements and reopening', () => {
  fc.assert(fc.property(fc.array(operation, { minLength: 3, maxLength: 14 }), windows, holdsThrough), {
    numRuns: 40,
  })
}, 300_000)

test('query() equals a plain look at all points while history is pruned', () => {
  fc.assert(
    fc.property(fc.array(withPruning, { minLength: 3, maxLength: 14 }), windows, (operations, looks) => {
      // A horizon that moves back shows what is left by chance: horizons here only move on.
      let horizon = Number.NEGATIVE_INFINITY
      const onward = operations.map((one) => {
        if (one.kind !== 'prune') return one
        horizon = Math.max(horizon, one.at - one.ageMs)
        return { ...one, at: horizon + one.ageMs }
      })
      holdsThrough(withoutLateAfterPrune(onward), looks)
    }),
    { numRuns: 20 },
  )
}, 300_000)

/** Points older than a horizon that was passed are refused at the edges; here they are left out. */
function withoutLateAfterPrune(operations: readonly Operation[]): Operation[] {
  let horizon = Number.NEGATIVE_INFINITY
  return operations.map((one) => {
    if (one.kind === 'prune') horizon = Math.max(horizon, one.at - one.ageMs)
    if (one.kind !== 'append') return one
    return { ...one, points: one.points.filter(({ time }) => time >= horizon) }
  })
}
