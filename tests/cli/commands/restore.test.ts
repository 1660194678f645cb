import { spawn } from 'node:child_process'
import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, onTestFinished, test } from 'vitest'
import { root } from '../../../cli/root.ts'
import { startChild } from '../../store/temporary.ts'
import { allPoints, type Installation, install, rounds } from '../pocketstats.ts'
import { damage } from './damage.ts'

const start = Date.UTC(2026, 0, 1)

/** An installation with a backup of its first points, and more points since. */
async function withBackup(): Promise<Installation & { file: string }> {
  const installation = install()
  installation.withAppStore((appStore) => appStore.machineProject('board'))
  installation.withStore((store) => {
    store.append(rounds(start, 4000))
    store.sealAll()
  })
  const file = join(installation.folder, 'copy')
  expect((await installation.run(['backup', file])).code).toBe(0)
  installation.withStore((store) => store.append(rounds(start + 86_400_000, 5)))
  return { ...installation, file }
}

/** The generator in earnest; resolves when it has stored its first round. */
function startGenerator(config: string): Promise<{ stop: () => Promise<void> }> {
  const child = spawn(process.execPath, [join(root, 'generator', 'main.ts'), '--config', config], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  onTestFinished(() => {
    child.kill('SIGKILL')
  })
  const ended = new Promise<void>((resolve) => child.on('exit', () => resolve()))
  const stop = async () => {
    child.kill('SIGTERM')
    await ended
  }
  return new Promise((resolve) => child.once('message', () => resolve({ stop })))
}

test('restore refuses while the generator runs, and keeps aside what it replaces once it does not', async () => {
  const { run, config, data, app, file, withStore } = await withBackup()
  const generator = await startGenerator(config)
  const refused = await run(['restore', file])
  expect(refused.code).toBe(1)
  expect(refused.err).toMatch(
    /^pocketstats: The generator \(process \d+\) runs; stop the programs first\.\n$/,
  )
  await generator.stop()

  for (const aside of ['before-restore', 'before-restore-2']) {
    const { code, out } = await run(['restore', file])
    expect(code).toBe(0)
    expect(out).toMatch(`${data} is restored; what was there is ${data}.${aside}\n`)
    expect(out).toMatch(`${app} is restored; what was there is ${app}.${aside}\n`)
  }
  expect(withStore(allPoints)).toHaveLength(8000)
  const sqlite = new Database(`${data}.before-restore`)
  expect(sqlite.prepare("SELECT count(*) AS n FROM category WHERE name = 'processors'").get()).toEqual({
    n: 1,
  })
  sqlite.close()
})

test('restore refuses while any program has the database open, and changes nothing', async () => {
  const { run, folder, data, file } = await withBackup()
  const writer = startChild('steady-writer.ts', [data])
  await expect.poll(writer.output, { timeout: 20_000 }).toBe('writes\n')
  const { code, err } = await run(['restore', file])
  expect([code, err]).toEqual([
    1,
    `pocketstats: ${data} is open in another program; stop that first. Nothing was changed.\n`,
  ])
  expect(readdirSync(join(folder, 'data')).filter((name) => /restor/.test(name))).toEqual([])
})

test('restore refuses what is damaged unless it is forced, and what is no backup', async () => {
  const { run, folder, app, file, withStore } = await withBackup()
  damage(file, start)
  const refused = await run(['restore', file])
  expect(refused.code).toBe(1)
  expect(refused.err).toMatch(
    /^damaged: board \/ foo: chunk .*\npocketstats: The backup is damaged; nothing was changed/,
  )
  expect(withStore(allPoints)).toHaveLength(8010)
  expect((await run(['restore', file, '--force'])).code).toBe(0)
  expect(withStore(allPoints).length).toBeLessThan(8000)

  const text = join(folder, 'text')
  writeFileSync(text, 'project,category,label,time,value\n')
  const cases = [
    [text, `${text} is no backup of Pocketstats.`],
    [app, `${app} is a database of projects and devices only.`],
    [join(folder, 'nowhere'), `There is no file ${join(folder, 'nowhere')}.`],
  ] as const
  for (const [given, reason] of cases) {
    expect(await run(['restore', given])).toEqual({ code: 1, out: '', err: `pocketstats: ${reason}\n` })
  }
})

test('restore takes a plain copy of a data.db and leaves projects and devices as they are', async () => {
  const from = install()
  from.withStore((store) => store.append(rounds(start, 10)))
  const to = install()
  to.withAppStore((appStore) => appStore.machineProject('board'))
  const { code, out } = await to.run(['restore', from.data])
  expect(code).toBe(0)
  expect(out).toMatch(`carries no projects and devices: ${to.app} stays as it is.`)
  expect(existsSync(`${to.app}.before-restore`)).toBe(false)
  expect(to.withStore(allPoints)).toEqual(from.withStore(allPoints))
})
