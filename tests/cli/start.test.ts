import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import { root } from '../../cli/root.ts'

const folders: string[] = []
const started: ChildProcess[] = []

afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL')
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'pocketstats-start-'))
  folders.push(path)
  return path
}

/** `npm start` without npm: what it printed so far, a way to wait for a text, and its exit code. */
function start(
  env: Record<string, string>,
  { program = process.execPath, args = [] }: { program?: string; args?: string[] } = {},
) {
  const child = spawn(
    program,
    program === process.execPath ? [join(root, 'cli', 'start.ts'), ...args] : args,
    {
      cwd: root,
      env: { ...process.env, POCKETSTATS_SERVER_PORT: '0', POCKETSTATS_SERVER_RESTPORT: '0', ...env },
    },
  )
  started.push(child)
  let output = ''
  const watchers = new Set<() => void>()
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString()
      for (const watcher of watchers) watcher()
    })
  }
  const ended = new Promise<number | null>((resolve) => child.on('exit', resolve))
  const says = (pattern: RegExp) =>
    new Promise<RegExpExecArray>((resolve, reject) => {
      const look = () => {
        const match = pattern.exec(output)
        if (match) resolve(match)
      }
      watchers.add(look)
      look()
      void ended.then(() => reject(new Error(`ended without saying ${pattern}:\n${output}`)))
    })
  return { child, ended, says, output: () => output }
}

const processOf = async (port: string): Promise<{ status: string }> =>
  (await fetch(`http://127.0.0.1:${port}/healthz`)).json() as Promise<{ status: string }>

test('npm start runs both, shows address and code, starts a killed server again and stops cleanly', async () => {
  const data = folder()
  const run = start({ POCKETSTATS_GENERATOR_DATABASEDIRECTORY: data })
  const [, port = ''] = await run.says(/On this machine: {2}http:\/\/localhost:(\d+)\//)
  expect(run.output()).toMatch(/generator ready, server ready/)
  expect(run.output()).toMatch(/pairing code [0-9A-Z]{8,}|No network was found/)
  expect((await processOf(port)).status).toBe('fresh')

  const { openAppStore } = await import('../../store/app.ts')
  const appStore = openAppStore({ file: join(data, 'app.db') })
  const server = appStore.processes().find(({ name }) => name === 'server')
  appStore.close()
  process.kill(server?.pid ?? 0, 'SIGKILL')
  await run.says(/server died \(SIGKILL\); starting it again in 1 s/)
  await run.says(/server runs again/)

  run.child.kill('SIGINT')
  expect(await run.ended).toBe(0)
}, 60_000)

test('npm start stops when the shell in which npm runs it is ended', async () => {
  const command = `"${process.execPath}" cli/bootstrap.mjs start; exit`
  const shell = start(
    { POCKETSTATS_GENERATOR_DATABASEDIRECTORY: folder(), npm_lifecycle_event: 'start' },
    { program: 'sh', args: ['-c', command] },
  )
  const [, port = ''] = await shell.says(/On this machine: {2}http:\/\/localhost:(\d+)\//)
  shell.child.kill('SIGTERM')
  expect(await shell.ended).toBeNull()
  await vi.waitFor(() => expect(processOf(port)).rejects.toThrow(), { timeout: 10_000 })
}, 60_000)

test('npm start says in one line what is wrong and exits with 1', async () => {
  const config = join(folder(), 'my.conf')
  writeFileSync(config, '[Server]\nPrt = 3\n')
  const misspelt = start({}, { args: ['--config', config] })
  expect(await misspelt.ended).toBe(1)
  expect(misspelt.output().trim()).toBe(`${config}:2: unknown key "Prt" in [Server]; did you mean "Port"?`)

  const taken = createServer()
  await new Promise<void>((resolve) => taken.listen(0, '0.0.0.0', resolve))
  const address = taken.address()
  const port = typeof address === 'object' && address ? String(address.port) : ''
  const inUse = start({ POCKETSTATS_SERVER_PORT: port, POCKETSTATS_GENERATOR_DATABASEDIRECTORY: folder() })
  expect(await inUse.ended).toBe(1)
  taken.close()
  expect(inUse.output()).toMatch(new RegExp(`port ${port} is in use`))

  const unwritable = start({ POCKETSTATS_GENERATOR_DATABASEDIRECTORY: '/proc/nowhere' })
  expect(await unwritable.ended).toBe(1)
  expect(unwritable.output().trim()).toMatch(/^The database \/proc\/nowhere\/app\.db cannot be made.*$/)
}, 60_000)
