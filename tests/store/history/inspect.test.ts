import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import type { Point } from '../../../common/point.ts'
import { openTemporary, temporaryFile } from '../temporary.ts'

const start = Date.UTC(2026, 0, 1)
const hour = 3_600_000

const rounds = (from: number, count: number): Point[] =>
  Array.from({ length: count }, (_, n) =>
    ['a', 'b'].map((label, i) => ({
      ...{ project: 'm', category: 'foo', label },
      time: from + n * 1000,
      value: ((n * 7 + i) % 101) / 10,
    })),
  ).flat()

/** Changes one byte in the middle of the chunk of points that begins at `first`. */
function damage(file: string, first: number): void {
  const sqlite = new Database(file)
  const row = sqlite.prepare('SELECT id, data FROM chunk WHERE step = 0 AND first = ?').get(first) as {
    id: number
    data: Buffer
  }
  row.data.writeUInt8((row.data.readUInt8(row.data.length >> 1) + 1) % 256, row.data.length >> 1)
  sqlite.prepare('UPDATE chunk SET data = ? WHERE id = ?').run(row.data, row.id)
  sqlite.close()
}

test('check() names a damaged chunk, and query() loses its span only', () => {
  const file = temporaryFile()
  const store = openTemporary(file)
  for (let part = 0; part < 3; part++) {
    store.append(rounds(start + part * hour, 3600))
    store.sealAll()
  }
  expect([...store.check()]).toEqual(Array.from({ length: store.chunkCount() }, () => null))
  damage(file, start + hour)
  const other = openTemporary(file)
  const found = [...other.check()].filter((one) => one !== null)
  expect(found).toEqual([
    {
      what: expect.stringContaining('damaged'),
      ...{ project: 'm', category: 'foo', from: start + hour, to: start + 2 * hour - 999 },
    },
  ])
  const { series } = other.query({
    ...{ project: 'm', category: 'foo' },
    ...{ from: start, to: start + 3 * hour, buckets: 10_800 },
  })
  const counted = (from: number, to: number) => series[0]?.count.slice(from, to).reduce((sum, n) => sum + n)
  expect([counted(0, 3600), counted(3600, 7200), counted(7200, 10_800)]).toEqual([3600, 0, 3600])
  expect(other.stats().damagedChunks).toBe(1)
})

test('sealAll() and append() go on beside a damaged chunk', () => {
  const file = temporaryFile()
  const first = openTemporary(file)
  first.append(rounds(start, 3600))
  first.sealAll()
  damage(file, start)
  const store = openTemporary(file)
  store.append([...rounds(start + 60_000, 1), ...rounds(start + hour, 3600)])
  store.sealAll()
  const window = { project: 'm', category: 'foo', from: start, to: start + 2 * hour }
  const count = store.query({ ...window, buckets: 7200 }).series[0]?.count
  expect(count?.[60]).toBe(1)
  expect(count?.slice(3600).reduce((sum, n) => sum + n)).toBe(3600)
})

test('backup() is a whole copy, made while points come in', async () => {
  const store = openTemporary()
  store.append(rounds(start, 4000))
  store.sealAll()
  store.append(rounds(start + 2 * hour, 10))
  const copy = temporaryFile('copy.db')
  const done = store.backup(copy)
  store.append(rounds(start + 3 * hour, 10))
  await done
  const found = openTemporary(copy)
  expect([...found.check()].filter((one) => one !== null)).toEqual([])
  const window = { project: 'm', category: 'foo', from: start, to: start + 4 * hour, buckets: 1 }
  expect(found.query(window).series[0]?.count[0]).toBeGreaterThanOrEqual(4010)
})

test('points() gives every point once in order of time, sealed and new, over gaps of years', () => {
  const store = openTemporary()
  const late = start - 3 * 365 * 24 * hour
  store.append(rounds(start, 5000))
  store.append(rounds(late, 3))
  store.sealAll()
  store.append(rounds(start + 400 * 24 * hour, 2))
  store.append([{ project: 'm', category: 'foo', label: 'a', time: start + 500, value: 5 }])
  const found = [...store.points('m', 'foo', late, Number.MAX_SAFE_INTEGER)].flat()
  expect(found).toHaveLength(2 * 5005 + 1)
  expect(found.map(({ time }) => time)).toEqual(found.map(({ time }) => time).sort((a, b) => a - b))
  expect(found.slice(0, 6)).toEqual(rounds(late, 3))
  expect([...store.points('m', 'foo', start + 500, start + 501)].flat()).toMatchObject([{ value: 5 }])
  expect([...store.points('m', 'nothing', 0, 1e15)]).toEqual([])
})
