import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openTemporaryApp, temporaryFile } from './temporary.ts'

const now = Date.UTC(2026, 0, 31)

test('openAppStore() carries over projects, devices, sessions and codes of the first release, as owners', () => {
  const file = temporaryFile('app.db')
  copyFileSync(join(import.meta.dirname, '../fixtures/app-from-clone-to-pinch.db'), file)
  const [store, other] = [openTemporaryApp(file), openTemporaryApp(file)]
  expect(store.projects()).toMatchObject([
    { key: 'nas', kind: 'machine' },
    { key: 'garden', id: 'testuuid' },
  ])
  const phone = { id: 1, name: 'phone', role: 'owner', project: null }
  expect(other.deviceOf('a token of the first release', now + 1000)).toEqual({ ...phone, renewalDue: false })
  expect(store.devices()).toEqual([{ ...phone, created: now, lastSeen: now }])
  const token = store.redeemPairingCode('ABCDE-23456', 'tablet', now + 1000)
  expect(other.deviceOf(token ?? '', now + 1000)).toMatchObject({ id: 2, name: 'tablet', role: 'owner' })
  expect(store.check()).toEqual([])
})
