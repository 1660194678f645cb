import { expect, test } from 'vitest'
import { install } from '../pocketstats.ts'

const now = Date.now()

test('pair --viewer makes a code for a viewer, of one project where it is named', async () => {
  const { run, withAppStore } = install()
  withAppStore((appStore) => appStore.createProject({ name: 'Garden', kind: 'custom' }))
  const redeemed: unknown[] = []
  for (const args of [['pair'], ['pair', '--viewer', 'Garden']]) {
    const { code, out } = await run(args)
    expect(code).toBe(0)
    const pairing = /[#]pair=(\w+)|pairing code (\w+)/.exec(out)?.slice(1).find(Boolean)
    if (pairing === undefined) return expect(out).toMatch(/No network was found/)
    withAppStore((appStore) => {
      const token = appStore.redeemPairingCode(pairing, 'phone', now) ?? ''
      redeemed.push(appStore.deviceOf(token, now))
    })
  }
  expect(redeemed).toMatchObject([
    { role: 'owner', project: null },
    { role: 'viewer', project: 'garden' },
  ])
})

test('devices lists, renames and revokes', async () => {
  const { run, withAppStore } = install()
  withAppStore((appStore) => {
    const viewer = { role: 'viewer', project: 'garden' } as const
    appStore.redeemPairingCode(appStore.newPairingCode(now), 'Phone', now)
    appStore.redeemPairingCode(appStore.newPairingCode(now, viewer), 'Friend', now)
  })
  const { out } = await run(['devices', 'list'])
  expect(out).toMatch(/^id {2}name {4}may +last seen +paired\n/)
  expect(out).toMatch(/^ 1 {2}Phone {3}everything/m)
  expect(out).toMatch(/^ 2 {2}Friend {2}look at garden {2}20\d\d-/m)
  expect(await run(['devices', 'rename', '1', 'Old phone'])).toMatchObject({
    out: 'Phone is called Old phone now.\n',
  })
  expect(await run(['devices', 'revoke', '2'])).toMatchObject({ code: 0, out: 'Friend is out.\n' })
  expect(withAppStore((appStore) => appStore.devices())).toMatchObject([{ id: 1, name: 'Old phone' }])
})

test('token makes one that reads, shows it once, and ends it', async () => {
  const { run, withAppStore } = install()
  withAppStore((appStore) => appStore.createProject({ name: 'Garden', kind: 'custom' }))
  const { out } = await run(['token', 'new', 'nightly', 'garden'])
  const secret = out.trim()
  expect(withAppStore((appStore) => appStore.tokenOf(secret, now))).toMatchObject({ project: 'garden' })
  const list = await run(['token'])
  expect(list.out).toMatch(/^ 1 {2}nightly {2}look at garden {2}20/m)
  expect(list.out).not.toContain(secret)
  expect(await run(['token', 'revoke', '1'])).toMatchObject({ out: 'Token 1 has ended.\n' })
  expect(withAppStore((appStore) => appStore.tokenOf(secret, now))).toBeNull()
})

test('pair, devices and token say what is wrong', async () => {
  const { run, withAppStore } = install()
  withAppStore((appStore) => appStore.createProject({ name: 'Garden', kind: 'custom' }))
  const wrong: [string[], 1 | 2, RegExp][] = [
    [['pair', '--viewer', 'Gardn'], 1, /There is no project Gardn; did you mean garden\?/],
    [['pair', 'Garden'], 2, /a project goes with --viewer/],
    [['devices', 'revoke', '2'], 1, /There is no device 2/],
    [['devices', 'revoke'], 2, /expected list, rename ID NAME or revoke ID/],
    [['token', 'new'], 2, /expected list, new NAME/],
    [['token', 'revoke', 'x'], 1, /There is no token x/],
  ]
  await Promise.all(
    wrong.map(async ([args, code, line]) => {
      expect([args, await run(args)]).toEqual([args, { code, out: '', err: expect.stringMatching(line) }])
    }),
  )
})
