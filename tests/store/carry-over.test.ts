import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { openTemporary, temporaryFile } from './temporary.ts'

const start = 1_767_225_600_000

/** A database that the first release wrote: 900 rounds, one value replaced, one late, two categories of projects. */
function oldDatabase(): string {
  const file = temporaryFile()
  copyFileSync(join(import.meta.dirname, '../fixtures/data-from-clone-to-pinch.db'), file)
  return file
}

test('openStore() carries over every point and word of a database of the first release', () => {
  const file = oldDatabase()
  const [store, other] = [openTemporary(file), openTemporary(file)]
  for (const sealed of [false, true]) {
    if (sealed) store.sealAll()
    for (const one of [store, other]) {
      expect(one.projects()).toEqual(['machine', 'garden'])
      expect(one.catalogue('machine')).toMatchObject([
        { name: 'processors', unit: '%', firstTime: start - 3_600_000, lastTime: start + 899_000 },
        { name: 'temperatures', error: { message: 'no sensor', since: start }, firstTime: null },
      ])
      const answer = one.query({
        project: 'machine',
        category: 'processors',
        from: start,
        to: start + 900_000,
        buckets: 900,
      })
      expect(answer.series.map(({ label }) => label)).toEqual(['all', 'core 1', 'core 2'])
      for (const [i, { label, count, mean }] of answer.series.entries()) {
        expect([...count]).toEqual(Array.from({ length: 900 }, () => 1))
        const wanted = Array.from({ length: 900 }, (_, n) =>
          label === 'all' && n === 5 ? 99.5 : ((n * 7 + i * 13) % 101) / 10,
        )
        expect([...mean]).toEqual(wanted)
      }
      expect(one.at('machine', start - 3_600_000).map(({ value }) => value)).toEqual([-0])
      expect(one.latest('garden')).toMatchObject([{ label: 'roof', value: 5e-324 }])
    }
  }
})

test('openStore() leaves nothing of the tables of the first release and goes on counting positions', () => {
  const file = oldDatabase()
  const store = openTemporary(file)
  expect(store.position()).toBeGreaterThan(904)
  const sqlite = new Database(file, { readonly: true })
  const tables = sqlite.prepare("SELECT name FROM sqlite_schema WHERE name IN ('round', 'rollup')").all()
  sqlite.close()
  expect(tables).toEqual([])
})
