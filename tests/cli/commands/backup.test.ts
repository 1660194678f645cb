import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { startChild } from '../../store/temporary.ts'
import { allPoints, install, rounds } from '../pocketstats.ts'
import { damage } from './damage.ts'

const start = Date.UTC(2026, 0, 1)

test('backup and restore bring back every point, project and device, made while another program writes', async () => {
  const from = install()
  from.withStore((store) => {
    store.append(rounds(start, 20_000))
    store.sealAll()
  })
  const token = from.withAppStore((appStore) => {
    appStore.machineProject('board')
    return appStore.redeemPairingCode(appStore.newPairingCode(0), 'phone', 1) ?? ''
  })
  const writer = startChild('steady-writer.ts', [from.data])
  await expect.poll(writer.output, { timeout: 20_000 }).toBe('writes\n')

  const file = join(from.folder, 'a backup')
  const made = await from.run(['backup', file])
  writer.child.kill('SIGKILL')
  await writer.ended
  expect(made).toMatchObject({ code: 0, err: '' })
  expect(made.out).toMatch(/a backup: \d+\.\d\d MB, \d+ chunks verified\./)
  expect(readdirSync(from.folder).sort()).toEqual(['a backup', 'data', 'settings.conf'])
  expect(statSync(file).mode & 0o777).toBe(0o600)

  const to = install()
  const before = readFileSync(file)
  expect(await to.run(['restore', file])).toMatchObject({ code: 0, err: '' })
  expect(readFileSync(file).equals(before)).toBe(true)
  expect(readdirSync(join(to.folder, 'data')).sort()).toEqual(['app.db', 'data.db'])
  expect(to.withAppStore((appStore) => appStore.deviceOf(token, 2)?.name)).toBe('phone')
  const found = to.withStore(allPoints)
  expect(found.filter(({ category }) => category === 'foo')).toHaveLength(40_000)
  const steady = found.filter(({ category }) => category === 'steady')
  const values = (label: string) => steady.filter((one) => one.label === label).map(({ value }) => value)
  expect(values('a').length).toBeGreaterThan(0)
  expect(values('a')).toEqual(values('a').map((_, n) => n))
  expect(values('b')).toEqual(values('a'))
})

test('backup replaces a file only with --force, and never the database itself', async () => {
  const { run, folder, data, withStore } = install()
  withStore((store) => store.append(rounds(start, 10)))
  const file = join(folder, 'copy')
  writeFileSync(file, 'mine')
  expect(await run(['backup', file])).toMatchObject({
    code: 1,
    err: `pocketstats: ${file} exists already; --force replaces it.\n`,
  })
  expect(readFileSync(file, 'utf8')).toBe('mine')
  expect((await run(['backup', file, '--force'])).code).toBe(0)
  expect(statSync(file).size).toBeGreaterThan(10_000)
  expect((await run(['backup', data, '--force'])).err).toMatch(/is the database itself/)
  expect((await run(['backup', join(folder, 'no', 'copy')])).err).toMatch(/cannot be made \(ENOENT\)/)
  expect(withStore(allPoints)).toHaveLength(20)
})

test('backup of a damaged history is kept, and says so', async () => {
  const { run, folder, data, withStore } = install()
  withStore((store) => {
    store.append(rounds(start, 4000))
    store.sealAll()
  })
  damage(data, start)
  const file = join(folder, 'copy')
  const { code, err } = await run(['backup', file])
  expect(code).toBe(1)
  expect(err).toMatch(
    /the history itself is damaged:\n {2}board \/ foo: chunk \d+ \(points\) is damaged, 20\d\d-/,
  )
  expect(existsSync(file)).toBe(true)
})
