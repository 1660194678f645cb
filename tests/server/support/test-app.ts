// The server's app with real databases in a folder of its own, called without a socket; a clock that tests turn.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { Clock } from '../../../common/clock.ts'
import type { PluginReport } from '../../../common/plugin-states.ts'
import { parseSettings } from '../../../common/settings.ts'
import { createApp } from '../../../server/app.ts'
import type { HubTiming } from '../../../server/stream/hub.ts'
import { openAppStore } from '../../../store/app.ts'
import type { PairingOptions } from '../../../store/app-types.ts'
import { openStore } from '../../../store/open.ts'
import { WatchedSettings } from '../../../store/watched-settings.ts'

export interface Request {
  /** Address of the client; this machine if left out. */
  from?: string
  method?: string
  headers?: Record<string, string>
  body?: BodyInit
}

export class TestClock implements Clock {
  time = Date.UTC(2026, 0, 31, 3, 12)
  monotonicTime = 0

  now(): number {
    return this.time
  }

  monotonic(): number {
    return this.monotonicTime
  }

  pass(ms: number): void {
    this.time += ms
    this.monotonicTime += ms
  }
}

/** A folder that is gone after the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'pocketstats-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

export interface TestAppOptions {
  /** Settings by their names in the environment, without prefix: `SERVER_DEBUG`. */
  settings?: Record<string, string>
  timing?: Partial<HubTiming>
  assetsFolder?: string
  folder?: string
  databaseId?: string
  /** How long a write waits for another program's transaction. */
  busyTimeoutMs?: number
  /** Text of the settings file, which stands in the folder as my.conf; empty by default. */
  config?: string
  freeBytes?: () => number
  /** What the generator told of its plugins. */
  pluginReport?: () => PluginReport
}

export function testApp(options: TestAppOptions = {}) {
  const folder = options.folder ?? temporaryFolder()
  const clock = new TestClock()
  const { busyTimeoutMs = 5000 } = options
  const store = openStore({ file: join(folder, 'data.db'), clock, busyTimeoutMs })
  const appStore = openAppStore({ file: join(folder, 'app.db') })
  const env = Object.entries(options.settings ?? {}).map(([key, value]) => [`POCKETSTATS_${key}`, value])
  const settings = parseSettings({ file: 'settings.conf', env: Object.fromEntries(env) })
  const logged: string[] = []
  const config = join(folder, 'my.conf')
  writeFileSync(config, options.config ?? '')
  const log = (line: string) => logged.push(line)
  const retention = new WatchedSettings({ args: ['--config', config], clock, log })
  const { app, quick, ingest, close } = createApp({
    ...{ store, appStore, settings, retention, clock },
    hostNames: ['nas', 'nas.local'],
    remoteAddress: (c) => c.env.address,
    version: () => 'test',
    databaseId: options.databaseId ?? 'database',
    freeBytes: options.freeBytes ?? (() => 50e9),
    ...(options.pluginReport && { pluginReport: options.pluginReport }),
    log,
    assetsFolder: options.assetsFolder ?? join(folder, 'web'),
    timing: { pollMs: 10, ...options.timing },
  })
  onTestFinished(() => {
    close()
    store.close()
    appStore.close()
  })
  const request = async (path: string, { from = '127.0.0.1', ...init }: Request = {}): Promise<Response> =>
    app.request(`http://localhost:5050${path}`, init, { address: from })
  return { app, quick, ingest, store, appStore, settings, retention, config, clock, logged, request, close }
}

export type TestApp = ReturnType<typeof testApp>

/** A device that was paired as people do it; the cookie it shows. */
export async function pairedCookie(
  { appStore, clock, request }: TestApp,
  host = 'localhost:5050',
  options: PairingOptions = {},
): Promise<string> {
  const code = appStore.newPairingCode(clock.now(), options)
  const response = await request('/api/v1/pair', {
    from: '192.168.1.20',
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Host: host },
    body: JSON.stringify({ code, name: 'phone' }),
  })
  return response.headers.get('Set-Cookie')?.split(';')[0] ?? ''
}
