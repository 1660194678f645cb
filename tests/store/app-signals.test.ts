import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { canMount, smallDisk } from '../support/small-disk.ts'
import { openTemporaryApp, temporaryFile } from './temporary.ts'

const now = Date.UTC(2026, 0, 31)

test('watchedUntil() tells every program what setWatched() said last', () => {
  const file = temporaryFile('app.db')
  const [one, other] = [openTemporaryApp(file), openTemporaryApp(file)]
  expect(one.watchedUntil()).toBe(0)
  one.setWatched(now + 15_000.5)
  expect(other.watchedUntil()).toBe(now + 15_001)
  other.setWatched(0)
  expect(one.watchedUntil()).toBe(0)
})

test('storageProblem() tells every program what setStorageProblem() said last, beside the other signal', () => {
  const file = temporaryFile('app.db')
  const [one, other] = [openTemporaryApp(file), openTemporaryApp(file)]
  expect(other.storageProblem()).toBeNull()
  one.setWatched(now)
  one.setStorageProblem('The disk is full.')
  expect(other.storageProblem()).toBe('The disk is full.')
  other.setStorageProblem(null)
  expect(one.storageProblem()).toBeNull()
  expect(one.watchedUntil()).toBe(now)
})

test('setStorageProblem() writes nothing when that is known already', () => {
  const file = temporaryFile('app.db')
  const store = openTemporaryApp(file)
  const observer = new Database(file)
  const version = () => observer.pragma('data_version', { simple: true })
  store.setStorageProblem('The disk is full.')
  const before = version()
  store.setStorageProblem('The disk is full.')
  expect(version()).toBe(before)
  store.setStorageProblem(null)
  expect(version()).not.toBe(before)
  observer.close()
})

test('setWatched() gives up soon when another program is in the way', () => {
  const file = temporaryFile('app.db')
  const store = openTemporaryApp(file)
  const other = new Database(file)
  other.exec('BEGIN IMMEDIATE')
  const began = performance.now()
  expect(() => store.setWatched(now)).toThrow(expect.objectContaining({ code: 'unavailable' }))
  expect(performance.now() - began).toBeLessThan(2000)
  other.exec('COMMIT')
  other.close()
  store.setWatched(now)
  expect(store.watchedUntil()).toBe(now)
})

test.skipIf(!canMount)('signals get through and devices get in when the disk is full', () => {
  const disk = smallDisk(2)
  const file = join(disk.folder, 'app.db')
  const [one, other] = [openTemporaryApp(file), openTemporaryApp(file)]
  const token = one.redeemPairingCode(one.newPairingCode(now), 'phone', now) ?? ''
  one.setProcess('generator', 1, now)
  disk.fill()
  // Each visit takes a page of the log, until there is no room for more.
  for (let minute = 1; minute <= 100; minute++) {
    expect(other.deviceOf(token, now + minute * 60_000)).toMatchObject({ id: 1, name: 'phone' })
  }
  expect(() => other.newPairingCode(now)).toThrow('Disk full')
  for (const round of [1, 2, 3]) {
    one.setStorageProblem(`Full since ${round} s.`)
    other.setWatched(now + round)
    expect(other.storageProblem()).toBe(`Full since ${round} s.`)
    expect(one.watchedUntil()).toBe(now + round)
  }
  expect(openTemporaryApp(file).storageProblem()).toBe('Full since 3 s.')
})
