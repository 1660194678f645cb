// A whole Pocketstats for browser tests: the real generator and the real server as processes of their own, with their
// databases in a folder that is gone afterwards.

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openAppStore } from '../../../store/app.ts'

const root = join(import.meta.dirname, '..', '..', '..')

/** Settings by their names in the environment, without prefix: `SERVER_TRUSTLOOPBACK`. */
export type InstanceSettings = Readonly<Record<string, string>>

export class Instance {
  readonly folder = mkdtempSync(join(tmpdir(), 'pocketstats-app-'))
  readonly #settings: InstanceSettings
  readonly #processes = new Map<string, ChildProcess>()
  #port = 0

  constructor(settings: InstanceSettings = {}) {
    if (!existsSync(join(root, 'dist', 'web', 'index.html')))
      throw new Error('build the app first: npm run build')
    this.#settings = settings
    writeFileSync(this.config, '')
  }

  /** Its own settings file, empty at first. */
  get config(): string {
    return join(this.folder, 'my.conf')
  }

  /** Where the app is; the same after the server was started again. */
  get url(): string {
    return `http://localhost:${this.#port}/`
  }

  async startGenerator(): Promise<void> {
    await this.#start('generator')
  }

  /** On a free port the first time, on the same one later. */
  async startServer(): Promise<void> {
    const { port } = await this.#start('server')
    this.#port = port ?? this.#port
  }

  /** Ends a program as SIGTERM does, and waits for its end. */
  async stop(program: 'generator' | 'server'): Promise<void> {
    const child = this.#processes.get(program)
    if (!child || child.exitCode !== null) return
    const ended = once(child, 'exit')
    child.kill('SIGTERM')
    await ended
  }

  async close(): Promise<void> {
    await Promise.all([this.stop('generator'), this.stop('server')])
    rmSync(this.folder, { recursive: true, force: true })
  }

  /** A code as `npm run pair` prints it. */
  pairingCode(): string {
    const appStore = openAppStore({ file: join(this.folder, 'app.db') })
    const code = appStore.newPairingCode(Date.now())
    appStore.close()
    return code
  }

  /** What a program with a project's id does, from this machine. Throws when the point was not taken. */
  async addPoint(fields: Readonly<Record<string, string | number>>): Promise<void> {
    const query = new URLSearchParams(Object.entries(fields).map(([name, value]) => [name, String(value)]))
    const response = await fetch(`${this.url}add_data_point?${query}`)
    if (!response.ok) throw new Error(`${response.status}: ${await response.text()}`)
  }

  /** What the server's API answers. */
  async api<T>(path: string): Promise<T> {
    return (await (await fetch(`${this.url}api/v1${path}`)).json()) as T
  }

  async #start(program: 'generator' | 'server'): Promise<{ port?: number }> {
    const settings = {
      ...{ SERVER_PORT: String(this.#port), SERVER_RESTPORT: '0', SERVER_TLS: 'no' },
      ...{ GENERATOR_DATABASEDIRECTORY: this.folder, GENERAL_MACHINENAME: 'test machine' },
      ...this.#settings,
    }
    const env = Object.fromEntries(
      Object.entries(settings).map(([key, value]) => [`POCKETSTATS_${key}`, value]),
    )
    const child = spawn(
      join(root, 'node_modules', '.bin', 'node'),
      [join(root, program, 'main.ts'), '--config', this.config],
      {
        env: { ...process.env, ...env },
        stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      },
    )
    this.#processes.set(program, child)
    let output = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (chunk: Buffer) => {
        output += chunk.toString()
      })
    }
    const [message] = await Promise.race([
      once(child, 'message'),
      once(child, 'exit').then(() => Promise.reject(new Error(`the ${program} ended: ${output}`))),
    ])
    return message as { port?: number }
  }
}

/** Starts both, the generator first: a server without a database makes one, too. */
export async function startInstance(settings: InstanceSettings = {}): Promise<Instance> {
  const instance = new Instance(settings)
  await Promise.all([instance.startGenerator(), instance.startServer()])
  return instance
}
