import { existsSync, statSync } from 'node:fs'
import { expect, test } from 'vitest'
import { copyDatabase } from '../../store/copy-database.ts'
import { openTemporary, startChild, temporaryFile, temporaryFolder } from './temporary.ts'

const start = Date.UTC(2026, 0, 1)
const window = { project: 'm', from: start, to: start + 365 * 86_400_000, buckets: 1 }

test('copyDatabase() comes to an end and is consistent while another program writes all the time', async () => {
  const file = temporaryFile()
  const store = openTemporary(file)
  const rounds = Array.from({ length: 20_000 }, (_, n) =>
    [...'abcdefgh'].map((label) => ({
      ...{ project: 'm', category: 'foo', label },
      time: start + n * 1000,
      value: Math.sin(n * label.charCodeAt(0)) * 1e6,
    })),
  )
  store.append(rounds.flat())
  store.sealAll()
  const writer = startChild('steady-writer.ts', [file])
  await expect.poll(writer.output, { timeout: 20_000 }).toBe('writes\n')

  const copy = temporaryFile('copy.db')
  const shares: number[] = []
  await copyDatabase(file, copy, { onProgress: (share) => shares.push(share) })
  expect(shares.length).toBeGreaterThan(2)
  expect([...shares].sort((a, b) => a - b)).toEqual(shares)
  expect(shares.every((share) => share >= 0 && share <= 1)).toBe(true)
  expect(statSync(copy).mode & 0o777).toBe(0o600)

  const found = openTemporary(copy)
  expect([...found.check()].filter((one) => one !== null)).toEqual([])
  expect(found.query({ ...window, category: 'foo' }).series.map(({ count }) => count[0])).toEqual(
    Array(8).fill(20_000),
  )
  const [a, b] = found.query({ ...window, category: 'steady' }).series
  expect(a?.count[0]).toBeGreaterThan(0)
  expect(a?.count).toEqual(b?.count)
  writer.child.kill('SIGKILL')
  await writer.ended
})

test('copyDatabase() replaces no file and says what it cannot read or make', async () => {
  const file = temporaryFile()
  openTemporary(file)
  const missing = temporaryFile('missing.db')
  await expect(copyDatabase(missing, temporaryFile('copy.db'))).rejects.toThrow(missing)
  expect(existsSync(missing)).toBe(false)
  await expect(copyDatabase(file, file)).rejects.toThrow(/cannot be made \(EEXIST\)/)
  await expect(copyDatabase(file, `${temporaryFolder()}/no/copy.db`)).rejects.toThrow(
    /cannot be made \(ENOENT\)/,
  )
})
