import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { openTemporaryApp, temporaryFile } from './temporary.ts'

const now = Date.UTC(2026, 0, 31)

test('machineProject() makes one project, keeps its key and id, and takes over a new name', () => {
  const file = temporaryFile('app.db')
  const [one, other] = [openTemporaryApp(file), openTemporaryApp(file)]
  const first = one.machineProject('Büro Box.local')
  expect(first).toMatchObject({
    key: 'buro-box-local',
    kind: 'machine',
    id: expect.stringMatching(/^[0-9a-f]{32}$/),
  })
  expect(other.machineProject('Büro Box.local')).toEqual(first)
  expect(other.machineProject('den')).toEqual({ ...first, name: 'den' })
  expect(one.projects()).toEqual([{ ...first, name: 'den' }])
})

test('createProject() makes a key from the name and an id that nobody guesses', () => {
  const store = openTemporaryApp()
  const names = ['My  Plants!', 'my-plants?', '植物', '花']
  const made = names.map((name) => store.createProject({ name, kind: 'custom' }))
  expect(made.map(({ key }) => key)).toEqual(['my-plants', 'my-plants-2', 'project', 'project-2'])
  expect(new Set(made.map(({ id }) => id)).size).toBe(4)
  expect(made[0]?.id).toMatch(/^[0-9a-f]{32}$/)
})

test('createProject() refuses a name or an id that is taken, and does not repeat the id', () => {
  const store = openTemporaryApp()
  store.machineProject('box')
  store.createProject({ name: 'Foo', kind: 'custom', id: 'testuuid' })
  for (const name of ['Foo', 'foo', 'FOO', 'box']) {
    expect(() => store.createProject({ name, kind: 'custom' })).toThrow(
      expect.objectContaining({
        name: 'Problem',
        code: 'conflict',
        details: expect.objectContaining({ field: 'name' }),
      }),
    )
  }
  expect(() => store.createProject({ name: 'other', kind: 'custom', id: 'testuuid' })).toThrow(
    expect.objectContaining({
      code: 'conflict',
      message: expect.not.stringContaining('testuuid'),
      details: expect.not.objectContaining({ given: 'testuuid' }),
    }),
  )
  expect(store.projects()).toHaveLength(2)
})

test('projectById() and projectByKey() find a project by the whole word only', () => {
  const store = openTemporaryApp()
  const foo = store.createProject({ name: 'My Foo', kind: 'custom', id: 'testuuid' })
  expect(store.projectById('testuuid')).toEqual(foo)
  expect(store.projectByKey('my-foo')).toEqual(foo)
  expect(store.projectByKey('My Foo')).toEqual(foo)
  for (const wrong of ['', 'testuui', 'testuuidx', 'TESTUUID', '%']) {
    expect(store.projectById(wrong)).toBeNull()
    expect(store.projectByKey(wrong)).toBeNull()
  }
})

test('projects() puts the machine first, then the order of making', () => {
  const store = openTemporaryApp()
  store.createProject({ name: 'z', kind: 'custom' })
  store.createProject({ name: 'a', kind: 'custom' })
  store.machineProject('box')
  expect(store.projects().map(({ key }) => key)).toEqual(['box', 'z', 'a'])
})

test('redeemPairingCode() turns a code into a session once, however it is typed', () => {
  const file = temporaryFile('app.db')
  const [one, other] = [openTemporaryApp(file), openTemporaryApp(file)]
  const code = one.newPairingCode(now)
  expect(code).toMatch(/^[2-9A-HJKMNP-TV-Z]{8}$/)
  const typed = ` ${code.slice(0, 4).toLowerCase()}-${code.slice(4)} `
  const token = other.redeemPairingCode(typed, 'phone', now + 599_999)
  expect(token).toMatch(/^[\w-]{43}$/)
  expect(one.redeemPairingCode(code, 'thief', now)).toBeNull()
  expect(one.deviceOf(token ?? '', now)).toMatchObject({ id: 1, name: 'phone', role: 'owner' })
})

test('redeemPairingCode() refuses a code that is wrong or too old', () => {
  const store = openTemporaryApp()
  const code = store.newPairingCode(now)
  expect(store.redeemPairingCode('', 'x', now)).toBeNull()
  expect(store.redeemPairingCode(`${code}2`, 'x', now)).toBeNull()
  expect(store.redeemPairingCode(code, 'x', now + 600_000)).toBeNull()
  const short = store.newPairingCode(now, { lifeSeconds: 5 })
  expect(store.redeemPairingCode(short, 'x', now + 5000)).toBeNull()
  expect(store.devices()).toEqual([])
})

test('app.db holds neither pairing codes nor session tokens as they are', () => {
  const file = temporaryFile('app.db')
  const store = openTemporaryApp(file)
  const [unused, used] = [store.newPairingCode(now), store.newPairingCode(now)]
  const token = store.redeemPairingCode(used, 'phone', now) ?? ''
  const bytes = [file, `${file}-wal`].map((name) => readFileSync(name, 'latin1')).join('')
  for (const secret of [unused, used, token]) expect(bytes).not.toContain(secret)
  expect(bytes).toContain('phone')
})

test('deviceOf() notes a visit once a minute, also after the clock was set back', () => {
  const store = openTemporaryApp()
  const token = store.redeemPairingCode(store.newPairingCode(now), 'phone', now) ?? ''
  const seen = (at: number) => {
    store.deviceOf(token, at)
    return store.devices()[0]?.lastSeen
  }
  expect(seen(now + 59_999)).toBe(now)
  expect(seen(now + 60_000)).toBe(now + 60_000)
  expect(seen(now - 3_600_000)).toBe(now - 3_600_000)
  expect(store.deviceOf('wrong', now)).toBeNull()
})

test('revokeDevice() ends the session of that device and of no other', () => {
  const store = openTemporaryApp()
  const [first = '', second = ''] = ['one', 'two'].map(
    (name) => store.redeemPairingCode(store.newPairingCode(now), name, now) ?? '',
  )
  expect(store.revokeDevice(1)).toBe(true)
  expect(store.revokeDevice(1)).toBe(false)
  expect(store.deviceOf(first, now)).toBeNull()
  expect(store.deviceOf(second, now)).toMatchObject({ id: 2, name: 'two' })
  store.revokeDevice(2)
  store.redeemPairingCode(store.newPairingCode(now), 'three', now)
  expect(store.devices()).toMatchObject([{ id: 3, name: 'three' }])
})

test('processes() tells the newest of each program to every process', () => {
  const file = temporaryFile('app.db')
  const [one, other] = [openTemporaryApp(file), openTemporaryApp(file)]
  one.setProcess('server', 10, now)
  one.setProcess('generator', 11, now)
  one.setProcess('server', 12, now + 1)
  expect(other.processes()).toEqual([
    { name: 'generator', pid: 11, startedAt: now },
    { name: 'server', pid: 12, startedAt: now + 1 },
  ])
})

test('renewSession() gives another token when one was lost on its way, and forgets the lost one', () => {
  const store = openTemporaryApp()
  const day = 86_400_000
  const first = store.redeemPairingCode(store.newPairingCode(now), 'phone', now) ?? ''
  expect(store.renewSession(first, now + day - 1)).toBeNull()
  const lost = store.renewSession(first, now + day) ?? ''
  expect(store.renewSession(first, now + day + 59_999)).toBeNull()
  const second = store.renewSession(first, now + day + 60_000) ?? ''
  expect(store.deviceOf(lost, now + day + 60_000)).toBeNull()
  expect(store.deviceOf(second, now + day + 61_000)).toMatchObject({ id: 1, renewalDue: false })
  expect(store.deviceOf(first, now + day + 120_999)).toMatchObject({ id: 1 })
  expect(store.deviceOf(first, now + day + 121_000)).toBeNull()
  expect(store.renewSession(second, now + 2 * day + 60_000)).toMatch(/./)
})

test('app.db holds no token of scripts as it is', () => {
  const file = temporaryFile('app.db')
  const store = openTemporaryApp(file)
  const token = store.newToken({ name: 'nightly', project: null }, now)
  const bytes = [file, `${file}-wal`].map((name) => readFileSync(name, 'latin1')).join('')
  expect(token).toMatch(/^pocketstats_[\w-]{43}$/)
  expect(bytes).not.toContain(token.slice(12))
  expect(bytes).toContain('nightly')
})
