// A generator of its own with a folder for plugins, into which a test saves real files while it runs.

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { PluginReport } from '../../../common/plugin-states.ts'
import { openAppStore } from '../../../store/app.ts'
import { openStore } from '../../../store/open.ts'
import { readPluginReport } from '../../../store/plugin-report.ts'
import type { CategoryCatalogue, Store } from '../../../store/types.ts'

const root = join(import.meta.dirname, '..', '..', '..')
const node = join(root, 'node_modules', '.bin', 'node')

export interface PluginRig {
  folder: string
  /** What the generator has said for people. */
  stderr(): string
  pid: number
  /** Saves a plugin; a second argument that begins with #! makes it a program. */
  save(name: string, text: string): void
  remove(name: string): void
  settings(text: string): void
  /** Text of the settings file. */
  config(): string
  card(name: string): CategoryCatalogue | undefined
  /** What is stored of a series: [time, value]. */
  points(category: string, label?: string): [number, number][]
  report(): PluginReport | null
  close(): Promise<void>
}

export interface PluginRigOptions {
  stepMs?: number
  /** Sections beside [Generator]. */
  settings?: string
  env?: Record<string, string>
}

/** Starts when the first round is stored. */
export async function pluginRig({
  stepMs = 500,
  settings = '',
  env = {},
}: PluginRigOptions = {}): Promise<PluginRig> {
  const folder = mkdtempSync(join(tmpdir(), 'pocketstats-'))
  // Other users have to get at the programs.
  chmodSync(folder, 0o755)
  const plugins = join(folder, 'plugins')
  mkdirSync(plugins)
  const config = join(folder, 'settings.conf')
  const write = (more: string): void =>
    writeFileSync(config, `[Generator]\nTimestep = ${stepMs}ms\nCommitInterval = 0\n${more}`)
  write(settings)
  const child = spawn(node, [join(root, 'generator', 'main.ts'), '--config', config], {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    env: { ...process.env, POCKETSTATS_GENERATOR_DATABASEDIRECTORY: folder, ...env },
  })
  let said = ''
  child.stderr?.on('data', (chunk) => (said += chunk))
  // Told when the first round is stored.
  await once(child, 'message')
  const appStore = openAppStore({ file: join(folder, 'app.db') })
  const store: Store = openStore({ file: join(folder, 'data.db') })
  const key = appStore.projects()[0]?.key ?? ''
  const card = (name: string) => store.catalogue(key).find((one) => one.name === name)
  return {
    ...{ folder, card, pid: child.pid ?? 0, stderr: () => said },
    save(name, text) {
      writeFileSync(join(plugins, name), text)
      if (text.startsWith('#!')) chmodSync(join(plugins, name), 0o755)
    },
    remove: (name) => rmSync(join(plugins, name)),
    settings: write,
    config: () => readFileSync(config, 'utf8'),
    points(category, label) {
      const { series = [] } = card(category) ?? {}
      const wanted = series.find((one) => label === undefined || one.label === label)
      return store
        .since(0)
        .points.filter(({ id, category: of }) => of === category && id === wanted?.id)
        .map(({ time, value }) => [time, value])
    },
    report: () => readPluginReport(join(folder, 'plugins.json')),
    async close() {
      child.kill('SIGTERM')
      await once(child, 'exit')
      store.close()
      appStore.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Waits for what is true in the end; rejects after so many seconds. */
export async function soon<T>(
  what: string,
  condition: () => T | false | undefined | null,
  seconds = 20,
): Promise<T> {
  const end = performance.now() + seconds * 1000
  while (performance.now() < end) {
    const value = condition()
    if (value !== false && value !== undefined && value !== null) return value
    await new Promise((resolve) => setTimeout(resolve, 30))
  }
  throw new Error(`${what} did not happen within ${seconds} s`)
}

/** A module whose `read` is given as text. */
export const moduleOf = (
  read: string,
  more = "unit: '', each: 'thing'",
): string => `import { gather } from 'pocketstats/gather'

let n = 0
export default gather({
  help: 'Numbers of a test.',
  ${more},
  ${read},
})
`
