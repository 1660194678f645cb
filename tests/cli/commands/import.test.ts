import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formats } from '../../../common/formats/formats.ts'
import type { Point } from '../../../common/point.ts'
import { allPoints, install, rounds } from '../pocketstats.ts'

const start = Date.UTC(2026, 0, 1)

const name = fc.oneof(
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }),
  fc.constantFrom('core 0', 'a,b', '"', '\\', 'x\ny', '\r\n', '#', '=1+1', 'Größe °C', '\0'),
)
const odd: fc.Arbitrary<Point> = fc.record(
  {
    project: fc.constantFrom('board', 'green-house', 'attic'),
    category: name,
    label: name,
    time: fc.oneof(fc.integer({ min: -1e12, max: start }), fc.constantFrom(0, -1, 5000, 99_999_999_999)),
    value: fc.oneof(
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.constantFrom(0, -0, 5e-324, Number.MAX_VALUE, 2 ** 53, 0.1),
    ),
  },
  { noNullPrototype: true },
)

test.each(Object.keys(formats))(
  'export and import of %s give identical points in a fresh store',
  async (format) => {
    const from = install()
    from.withStore((store) => {
      store.append(rounds(start, 4000))
      store.sealAll()
      store.append(fc.sample(odd, 400))
    })
    const file = join(from.folder, 'all')
    expect((await from.run(['export', '--format', format, '--out', file])).code).toBe(0)

    const to = install()
    const points = from.withStore(allPoints)
    const first = await to.run(['import', file])
    expect(first).toMatchObject({ code: 0 })
    expect(first.out).toMatch(`${points.length.toLocaleString('en-US')} points imported, `)
    expect(to.withStore(allPoints)).toStrictEqual(points)
    expect(
      to.withAppStore((appStore) => appStore.projects().map(({ key, kind }) => [key, kind])),
    ).toContainEqual(['board', 'machine'])

    const again = await to.run(['import', '-'], readFileSync(file))
    expect(again).toMatchObject({ code: 0 })
    expect(to.withStore(allPoints)).toStrictEqual(points)
  },
)

test('import says of every bad line what is wrong, stores the others and exits with 1', async () => {
  const { run, folder, withStore } = install()
  const file = join(folder, 'some.csv')
  const late = new Date(Date.now() + 3_600_000).toISOString()
  const lines = [
    'category,label,time,value',
    ...Array.from({ length: 20_000 }, (_, n) => `foo,a,${start + n * 1000},${n}`),
    `foo,a,${start},warm`,
    `foo,a,${late},1`,
    `foo,,${start},1`,
  ]
  writeFileSync(file, Buffer.concat([Buffer.from(`${lines.join('\n')}\n`), Buffer.from([0x66, 0xff, 0x0a])]))
  const { code, out, err } = await run(['import', file])
  expect(code).toBe(1)
  expect(out).toMatch(/^20,000 points imported, .*; 4 refused, see above\n$/)
  expect(err.trimEnd().split('\n')).toEqual([
    `${file}:20002: "warm" is not a finite decimal number`,
    expect.stringMatching(/:20003: the time 20.* is in the future$/),
    `${file}:20004: label is empty`,
    `${file}:20005: is not text in UTF-8`,
  ])
  expect(withStore(allPoints).map(({ project, value }) => [project, value])).toHaveLength(20_000)
  expect(withStore((store) => store.projects())).toEqual(['board'])
})

test('import puts everything into the project that is named, which is made when it is missing', async () => {
  const { run, withStore, withAppStore } = install()
  const line = `attic,foo,a,${start},1\n`
  expect((await run(['import', '-', '--project', 'Green House'], line)).code).toBe(0)
  expect((await run(['import', '-', '--project', 'green-house'], line.replace(',1\n', ',2\n'))).code).toBe(0)
  expect(withStore(allPoints)).toEqual([
    { project: 'green-house', category: 'foo', label: 'a', time: start, value: 2 },
  ])
  expect(withAppStore((appStore) => appStore.projects().map((one) => one.name))).toEqual([
    'board',
    'Green House',
  ])
})

test('import warns of points that are older than what is kept', async () => {
  const { run } = install('[Generator]\nMaxAge = 7d\n[Retention]\nfoo = 30y\n')
  const old = Date.now() - 8 * 86_400_000
  const { code, err } = await run(['import', '-'], `board,foo,a,${old},1\nboard,bar,a,${old},1\n`)
  expect(code).toBe(0)
  expect(err).toMatch(/^1 point of them is older than what is kept \(MaxAge 7d\): /)
})

function statsServer(file: string, columns: string, rows: readonly (readonly unknown[])[]): void {
  const sqlite = new Database(file)
  sqlite.pragma('journal_mode = WAL')
  sqlite.exec(`CREATE TABLE data (${columns}); CREATE INDEX by_time ON data (time)`)
  const insert = sqlite.prepare(`INSERT INTO data VALUES (${columns.split(',').map(() => '?')})`)
  sqlite.transaction(() => rows.map((row) => insert.run(...row)))()
  sqlite.close()
}

test('import takes the history of an original StatsServer into the project of this machine', async () => {
  const { run, folder, withStore } = install()
  const file = join(folder, 'old.db')
  const seconds = 1_553_954_000
  const rows = Array.from({ length: 12_000 }, (_, n) => [
    'cpu',
    `core ${n % 4}`,
    seconds + 0.123 + (n >> 2),
    n / 7,
  ])
  statsServer(file, 'category TEXT, label TEXT, time REAL, value REAL', [
    ...rows,
    ['cpu', 'core 0', seconds, null],
    ['cpu', null, seconds, 1],
  ])
  const before = readFileSync(file)
  const { code, out, err } = await run(['import', file])
  expect(code).toBe(1)
  expect(out).toMatch(/^12,000 points imported, 2019-03-30 .*; 2 refused, see above\n$/)
  expect(err).toContain(`${file}:12001: value is missing\n${file}:12002: label is not text\n`)
  expect(readFileSync(file).equals(before)).toBe(true)
  const wanted = rows.map(([category, label, time, value]) => ({
    ...{ project: 'board', category, label, value },
    time: Math.round(Number(time) * 1000),
  }))
  const found = withStore(allPoints)
  expect(found).toHaveLength(12_000)
  expect(new Set(found.map((one) => JSON.stringify(one)))).toEqual(
    new Set(
      wanted.map(({ project, category, label, time, value }) =>
        JSON.stringify({ project, category, label, time, value }),
      ),
    ),
  )
})

test('import keeps the projects of a later StatsServer, by their ids', async () => {
  const { run, folder, withStore, withAppStore } = install()
  const file = join(folder, 'old.db')
  const id = withAppStore((appStore) => {
    appStore.machineProject('board')
    return appStore.createProject({ name: 'Green House', kind: 'custom' }).id
  })
  statsServer(file, 'projectid TEXT, category TEXT, label TEXT, time REAL, value REAL', [
    [null, 'cpu', 'core 0', 1_553_954_000, 1],
    ['testuuid', 'foo', 'bar', 1_553_954_000, 42],
    [id, 'foo', 'bar', 1_553_954_000, 43],
  ])
  expect((await run(['import', file])).code).toBe(0)
  expect((await run(['import', file])).code).toBe(0)
  expect(withStore(allPoints).map(({ project, value }) => [project, value])).toEqual([
    ['board', 1],
    ['green-house', 43],
    ['testuuid', 42],
  ])
  expect(withAppStore((appStore) => appStore.projectById('testuuid')?.key)).toBe('testuuid')
})

test('import refuses what holds no points', async () => {
  const { run, folder, data, withStore } = install()
  withStore((store) => store.append(rounds(start, 1)))
  const picture = join(folder, 'picture')
  writeFileSync(picture, '\x89PNG\r\n\x1a\n')
  const cases = [
    [
      picture,
      `${picture} is in no format that is known; is it one of csv, ndjson, line-protocol? Then name it by --format.`,
    ],
    [data, `${data} is a database of Pocketstats: pocketstats restore ${data}`],
    [join(folder, 'nowhere'), `There is no file ${join(folder, 'nowhere')}.`],
  ] as const
  for (const [given, reason] of cases) {
    const { code, err } = await run(['import', given])
    expect([code, err.trimEnd().split('\n').at(-1)]).toEqual([1, `pocketstats: ${reason}`])
  }
  expect(await run(['import', '-'])).toMatchObject({ code: 0, out: '0 points imported\n' })
})
