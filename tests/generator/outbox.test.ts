import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { undeclared } from '../../common/declaration.ts'
import { Outbox } from '../../generator/outbox.ts'
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

function setUp({ mostPoints }: { mostPoints?: number } = {}) {
  const store = temporaryStore()
  const clock = new FakeTime(0)
  const log: string[] = []
  const outbox = new Outbox({
    store,
    project: 'here',
    clock,
    log: (line) => log.push(line),
    ...(mostPoints === undefined ? {} : { mostPoints }),
  })
  return { store, clock, log, outbox }
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
