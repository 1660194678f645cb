import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, test } from 'vitest'
import type { Catalogue } from '../../common/wire.ts'
import { EventReader } from './support/event-reader.ts'
import { temporaryFolder, testApp } from './support/test-app.ts'

const fine = { ok: true, message: null, low: false }
const post = '/add_data_point?projectid=testuuid&category=foo&label=bar&value=42'

function storingApp() {
  const folder = temporaryFolder()
  const app = testApp({ folder, timing: { checkMs: 10 }, busyTimeoutMs: 20 })
  app.appStore.machineProject('nas')
  const state = async () => ((await (await app.request('/api/v1/catalogue')).json()) as Catalogue).storage
  return { ...app, folder, state }
}

/** Another program holds the history's write lock until the function that is returned is called. */
function lock(folder: string): () => void {
  const other = new Database(join(folder, 'data.db'))
  other.exec('BEGIN IMMEDIATE')
  return () => {
    other.exec('COMMIT')
    other.close()
  }
}

describe('storage', () => {
  test('storage is what the generator says', async () => {
    const { appStore, state } = storingApp()
    expect(await state()).toEqual(fine)
    appStore.setStorageProblem('Disk full.')
    expect(await state()).toEqual({ ok: false, message: 'Disk full.', low: false })
    appStore.setStorageProblem(null)
    expect(await state()).toEqual(fine)
  })

  test('storage remembers a point that was refused, until one is stored', async () => {
    const { folder, request, state } = storingApp()
    const unlock = lock(folder)
    const refused = await request(post)
    expect(refused.status).toBe(503)
    expect(refused.headers.get('Retry-After')).toBe('1')
    const { error } = (await refused.json()) as { error: { message: string } }
    expect(error.message).toContain('is busy')
    expect(await state()).toEqual({ ok: false, message: error.message, low: false })
    unlock()
    expect((await request('/add_data_point?projectid=testuuid&value=42')).status).toBe(400)
    expect(await state()).toMatchObject({ ok: false })
    expect((await request(post)).status).toBe(200)
    expect(await state()).toEqual(fine)
  })

  test('storage forgets a refusal after a minute', async () => {
    const { folder, request, clock, state } = storingApp()
    const unlock = lock(folder)
    await request(post)
    unlock()
    clock.pass(59_999)
    expect(await state()).toMatchObject({ ok: false })
    clock.pass(1)
    expect(await state()).toEqual(fine)
  })

  test('storage is told to open phones when it changes, though nothing is stored', async () => {
    const { appStore, request } = storingApp()
    const reader = new EventReader(await request('/api/v1/stream'))
    await reader.next('hello')
    appStore.setStorageProblem('Disk full.')
    await reader.next('catalogue')
    const seen = reader.events.length
    appStore.setStorageProblem(null)
    await reader.next('catalogue', seen)
    await reader.cancel()
  })
})
