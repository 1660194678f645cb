import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { undeclared } from '../../common/declaration.ts'
import { Outbox, type OutboxOptions } from '../../generator/outbox.ts'
import { FakeTime } from './support/fake-time.ts'
import { storedIn, type TemporaryStore, temporaryStore } from './support/temporary-store.ts'

/** Another program holds the database's write lock until the function that is returned is called. */
function lock(store: TemporaryStore): () => void {
  const other = new Database(store.file)
  other.exec('BEGIN IMMEDIATE')
  return () => {
    other.exec('COMMIT')
    other.close()
  }
}

function setUp(options: Pick<OutboxOptions, 'mostPoints' | 'keepMs' | 'isWatched'> = {}) {
  const store = temporaryStore()
  const clock = new FakeTime(0)
  const log: string[] = []
  const problems: (string | null)[] = []
  const outbox = new Outbox({
    ...{ store, project: 'here', clock, ...options },
    log: (line) => log.push(line),
    noteProblem: (reason) => problems.push(reason),
  })
  return { store, clock, log, problems, outbox }
}

const value = (n: number): ReadonlyMap<string, number> => new Map([['a', n]])

test('flush() stores declarations, reports and points', () => {
  const { store, outbox, log } = setUp()
  outbox.declare('load', { ...undeclared, help: 'How busy.' }, { a: { unit: null, min: 0, max: 4 } })
  outbox.report('load', 'too hot', 5)
  outbox.add('load', 1000, value(1))
  expect(outbox.flush()).toBe(true)
  expect(store.catalogue('here')).toMatchObject([
    { help: 'How busy.', error: { message: 'too hot', since: 5 }, series: [{ label: 'a', max: 4 }] },
  ])
  expect(storedIn(store, 'load')).toEqual([['a', 1000, 1]])
  expect(log).toEqual([])
})

test('flush() stores the points of a round in one transaction', () => {
  const { store, outbox } = setUp()
  outbox.add('load', 1000, value(1))
  outbox.flush()
  const before = store.version()
  outbox.add('load', 2000, value(1))
  outbox.add('memory', 2000, value(2))
  outbox.add('load', 1500, value(3))
  outbox.flush()
  expect(store.version()).toBe(before + 1)
})

test('flush() keeps everything while the database is locked, tries again in some seconds, and says so once', () => {
  const { store, clock, log, outbox } = setUp()
  const unlock = lock(store)
  outbox.declare('load', { ...undeclared, help: 'How busy.' }, {})
  for (const second of [1, 2, 3]) {
    outbox.add('load', second * 1000, value(second))
    expect(outbox.flush()).toBe(false)
    clock.spend(1000)
  }
  unlock()
  expect(outbox.flush()).toBe(false)
  clock.spend(2000)
  outbox.add('load', 4000, value(4))
  expect(outbox.flush()).toBe(true)
  expect(storedIn(store, 'load')).toEqual([1, 2, 3, 4].map((second) => ['a', second * 1000, second]))
  expect(store.catalogue('here')[0]?.help).toBe('How busy.')
  expect(log).toEqual([
    expect.stringMatching(/^generator: cannot store: The database .* is busy.* New points wait in memory\.$/),
    'generator: stores again',
  ])
})

test('flush() with now does not wait for the next attempt', () => {
  const { store, outbox } = setUp()
  const unlock = lock(store)
  outbox.add('load', 1000, value(1))
  outbox.flush()
  unlock()
  expect(outbox.flush({ now: true })).toBe(true)
  expect(storedIn(store, 'load')).toHaveLength(1)
})

test('add() gives up the oldest points when too many wait, and flush() says how many', () => {
  const { store, clock, log, outbox } = setUp({ mostPoints: 3 })
  const unlock = lock(store)
  outbox.flush()
  for (const second of [1, 2, 3, 4, 5]) outbox.add('load', second * 1000, value(second))
  outbox.flush()
  unlock()
  clock.spend(5000)
  outbox.flush()
  expect(storedIn(store, 'load').map(([, , n]) => n)).toEqual([3, 4, 5])
  expect(log.at(-1)).toBe('generator: stores again; 2 points had to be given up')
})

test('flush() drops what can never be stored, so that the rest is', () => {
  const { store, log, outbox } = setUp()
  outbox.add('load', 0.5, value(1))
  expect(outbox.flush()).toBe(true)
  outbox.add('load', 1000, value(2))
  outbox.flush()
  expect(storedIn(store, 'load')).toEqual([['a', 1000, 2]])
  expect(log).toEqual([expect.stringContaining('not stored: Problem: time is not a whole number')])
})

/** Adds a point a second, flushing each time, and says in which seconds that was stored. */
function storedSeconds({ outbox, clock }: ReturnType<typeof setUp>, from: number, to: number): number[] {
  const stored: number[] = []
  for (let second = from; second <= to; second++) {
    outbox.add('load', second * 1000, value(second))
    if (outbox.flush()) stored.push(second)
    clock.spend(1000)
  }
  return stored
}

test('flush() stores the first round at once, then keeps rounds for keepMs and stores them in one transaction', () => {
  const all = setUp({ keepMs: 4500 })
  const { store } = all
  expect(storedSeconds(all, 0, 4)).toEqual([0])
  expect(storedIn(store, 'load')).toHaveLength(1)
  const before = store.version()
  expect(storedSeconds(all, 5, 5)).toEqual([5])
  expect(store.version()).toBe(before + 1)
  expect(storedIn(store, 'load').map(([, at]) => at / 1000)).toEqual([0, 1, 2, 3, 4, 5])
  expect(storedSeconds(all, 6, 20)).toEqual([10, 15, 20])
})

test('flush() stores every round while somebody looks, what was kept with the first of them', () => {
  let isWatched = false
  const all = setUp({ keepMs: 60_000, isWatched: () => isWatched })
  expect(storedSeconds(all, 0, 3)).toEqual([0])
  isWatched = true
  expect(storedSeconds(all, 4, 6)).toEqual([4, 5, 6])
  isWatched = false
  expect(storedSeconds(all, 7, 70)).toEqual([66])
  expect(storedIn(all.store, 'load')).toHaveLength(67)
})

test('flush() with now stores what is kept', () => {
  const all = setUp({ keepMs: 60_000 })
  storedSeconds(all, 0, 3)
  expect(all.outbox.waiting).toBe(3)
  expect(all.outbox.flush({ now: true })).toBe(true)
  expect(all.outbox.waiting).toBe(0)
  expect(storedIn(all.store, 'load')).toHaveLength(4)
})

test('flush() keeps no more than one transaction holds, however long it might', () => {
  const { outbox, store } = setUp({ keepMs: 3_600_000 })
  outbox.flush()
  const labels = new Map(Array.from({ length: 1000 }, (_, n) => [`series ${n}`, n]))
  for (const second of [1, 2, 3, 4]) {
    outbox.add('load', second * 1000, labels)
    expect(outbox.flush()).toBe(false)
  }
  outbox.add('load', 5000, labels)
  expect(outbox.flush()).toBe(true)
  expect(storedIn(store, 'load')).toHaveLength(5000)
})

test('flush() tells why nothing can be stored with each attempt, and that it can again', () => {
  const all = setUp()
  expect(storedSeconds(all, 0, 0)).toEqual([0])
  const unlock = lock(all.store)
  expect(storedSeconds(all, 1, 7)).toEqual([])
  unlock()
  expect(storedSeconds(all, 8, 11)).toEqual([11])
  const busy = expect.stringContaining('is busy')
  expect(all.problems).toEqual([null, busy, busy, null])
})

test('newestWaiting() finds the newest time in a span among what waits', () => {
  const { outbox } = setUp({ keepMs: 60_000 })
  outbox.flush()
  for (const time of [1000, 3000, 2000, 9000]) outbox.add('load', time, value(1))
  expect(outbox.newestWaiting(0, 5000)).toBe(3000)
  expect(outbox.newestWaiting(3001, 8999)).toBeUndefined()
  outbox.flush({ now: true })
  expect(outbox.newestWaiting(0, 5000)).toBeUndefined()
})
