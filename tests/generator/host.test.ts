import { expect, test } from 'vitest'
import { gather, type Readings } from '../../generator/gather.ts'
import { rig } from './support/rig.ts'

const described = { help: 'A number of the test.', unit: '', each: 'thing' } as const

/** Answers the numbers 0, 1, 2 … */
function counting() {
  let count = 0
  return gather({ ...described, read: () => ({ n: count++ }) })
}

const seconds = (stored: readonly [string, number, number][]): number[] =>
  stored.map(([, time]) => time / 1000)

test('round() stores every gather each second and tells of the category once', async () => {
  const { time, store, stored, end } = rig({ a: counting(), b: counting() })
  await time.advance(3000)
  await end()
  expect(stored('a')).toEqual([
    ['n', 1000, 0],
    ['n', 2000, 1],
    ['n', 3000, 2],
  ])
  expect(stored('b')).toHaveLength(3)
  expect(store.catalogue('here')).toMatchObject([
    { name: 'a', help: 'A number of the test.', everySeconds: 1, error: null },
    { name: 'b' },
  ])
})

test('round() runs a slower gather at its own multiples, and at once in the first round', async () => {
  const { time, store, stored, end } = rig({
    slow: gather({ ...described, every: 5, read: () => ({ n: 1 }) }),
  })
  await time.advance(11_000)
  await end()
  expect(seconds(stored('slow'))).toEqual([1, 5, 10])
  expect(store.catalogue('here')[0]?.everySeconds).toBe(5)
})

test('round() stores all others while one throws, and shows and logs that until it ends', async () => {
  let broken = false
  const moody = gather({
    ...described,
    read() {
      if (broken) throw new Error('the wire is loose')
      return { n: 1 }
    },
  })
  const { time, log, stored, error, end } = rig({ moody, steady: counting() })
  await time.advance(2000)
  broken = true
  await time.advance(3000)
  expect(error('moody')).toBe('the wire is loose')
  broken = false
  await time.advance(1000)
  await end()
  expect(error('moody')).toBeUndefined()
  expect(seconds(stored('moody'))).toEqual([1, 2, 6])
  expect(seconds(stored('steady'))).toEqual([1, 2, 3, 4, 5, 6])
  expect(log).toEqual(['generator: moody fails: the wire is loose', 'generator: moody works again'])
})

test('round() shows the failure of a gather that never worked, with what it says of itself', async () => {
  const read = (): Readings => {
    throw new Error('no such bus')
  }
  const { time, store, end } = rig({ never: gather({ ...described, read }) })
  await time.advance(2000)
  await end()
  expect(store.catalogue('here')).toMatchObject([
    { name: 'never', help: 'A number of the test.', error: { message: 'no such bus' } },
  ])
})

test('round() makes no category for a gather that has nothing to say', async () => {
  const { time, store, end } = rig({
    none: gather({ ...described, read: () => null }),
    empty: gather({ ...described, read: () => ({}) }),
    later: gather({ ...described, read: async () => null }),
  })
  await time.advance(2000)
  await end()
  expect(store.catalogue('here')).toEqual([])
})

test('round() waits a moment for a gather that answers later, and stores all at once', async () => {
  const { time, store, stored, end } = rig({
    later: gather({ ...described, read: async () => ({ n: 7 }) }),
    a: counting(),
  })
  await time.advance(1000)
  await end()
  expect(stored('later')).toEqual([['n', 1000, 7]])
  expect(store.catalogue('here').map(({ name }) => name)).toEqual(['later', 'a'])
})

test('round() stores a late answer under its own time, and does not start that gather again meanwhile', async () => {
  const answers: ((readings: Readings) => void)[] = []
  const hanging = gather({
    ...described,
    read: () => new Promise<Readings>((resolve) => answers.push(resolve)),
  })
  const { time, log, stored, error, end } = rig({ hanging, steady: counting() })
  await time.advance(4500)
  expect(answers).toHaveLength(1)
  expect(error('hanging')).toBe('has not answered within 1 s')
  expect(seconds(stored('steady'))).toEqual([1, 2, 3, 4])
  answers[0]?.({ n: 5 })
  await time.advance(100)
  expect(stored('hanging')).toEqual([['n', 1000, 5]])
  expect(error('hanging')).toBe('took 3.5 s, longer than its interval of 1 s')
  await time.advance(500)
  answers[1]?.({ n: 6 })
  await time.advance(100)
  await end()
  expect(stored('hanging').at(-1)).toEqual(['n', 5000, 6])
  expect(error('hanging')).toBeUndefined()
  expect(log).toEqual([
    'generator: hanging fails: has not answered within 1 s',
    'generator: hanging works again',
  ])
})

test('round() costs nobody else a point when a gather rejects, throws no error, or answers nonsense', async () => {
  const nonsense = 'sevenfold' as unknown as Readings
  const { time, stored, error, end } = rig({
    rejects: gather({ ...described, read: () => Promise.reject(new Error('gone')) }),
    text: gather({
      ...described,
      read() {
        throw 'just words'
      },
    }),
    nonsense: gather({ ...described, read: () => ({ n: nonsense as unknown as number, good: 1 }) }),
    steady: counting(),
  })
  await time.advance(2000)
  await end()
  expect(seconds(stored('steady'))).toEqual([1, 2])
  expect(error('rejects')).toBe('gone')
  expect(error('text')).toBe('just words')
  expect(error('nonsense')).toBe('n is sevenfold, not a number')
  expect(stored('nonsense').map(([label]) => label)).toEqual(['good', 'good'])
})

test('round() leaves out values that cannot be stored and says which', async () => {
  const long = 'x'.repeat(129)
  const { time, stored, error, end } = rig({
    infinite: gather({ ...described, read: () => ({ a: Number.POSITIVE_INFINITY, b: 1 }) }),
    unnamed: gather({ ...described, read: () => ({ [long]: 1, b: 1 }) }),
  })
  await time.advance(1000)
  await end()
  expect(stored('infinite')).toEqual([['b', 1000, 1]])
  expect(error('infinite')).toBe('a is Infinity, not a number')
  expect(stored('unnamed')).toEqual([['b', 1000, 1]])
  expect(error('unnamed')).toBe('a label must have 1 to 128 characters, not 129')
})

test('round() stores rates of counters from the second round on', async () => {
  let bytes = 1_000_000
  const { time, stored, end } = rig({
    net: gather({
      ...described,
      kind: 'counter',
      read() {
        bytes += 250
        return { eth0: bytes }
      },
    }),
  })
  await time.advance(3000)
  await end()
  expect(stored('net')).toEqual([
    ['eth0', 2000, 250],
    ['eth0', 3000, 250],
  ])
})

test('round() loses no stored point and draws no spike when the clock is set back an hour and forward again', async () => {
  const bytes = { value: 0 }
  const { time, stored, end } = rig({
    net: gather({ ...described, kind: 'counter', read: () => ({ eth0: bytes.value }) }),
    n: counting(),
  })
  const secondsGoBy = async (count: number) => {
    for (let i = 0; i < count; i++) {
      bytes.value += 100
      await time.advance(1000)
    }
  }
  const hour = 3600_000
  await secondsGoBy(10)
  time.set(-5000)
  await secondsGoBy(3)
  time.set(-3000)
  await secondsGoBy(10)
  time.set(hour)
  await secondsGoBy(5)
  await end()
  const times = stored('n').map(([, at]) => at)
  expect(stored('n').map(([, , value]) => value)).toEqual(Array.from({ length: 28 }, (_, index) => index))
  expect(new Set(times).size).toBe(28)
  expect(times.slice(0, 17)).toEqual([
    ...[1000, 2000, 3000, 4000, 5000, 6000, 7000, 8000, 9000, 10000],
    ...[6001, 7001, 8001],
    ...[6002, 7002, 8002, 9001],
  ])
  expect(Math.min(...times.slice(-5))).toBeGreaterThan(hour)
  expect(new Set(stored('net').map(([, , rate]) => rate))).toEqual(new Set([100]))
})
