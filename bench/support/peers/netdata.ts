// Netdata as Debian ships it, which gathers every second by itself and shows what that costs.
// https://learn.netdata.cloud/docs/agent/daemon/config

import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { userInfo } from 'node:os'
import { join } from 'node:path'
import { freePort } from '../free-port.ts'
import { type HttpClient, httpClient } from '../http-client.ts'
import { findProgram, type RunningProgram, startProgram } from '../program.ts'
import { folderBytes } from '../scratch.ts'

export interface RunningNetdata extends RunningProgram {
  port: number
  client: HttpClient
  /** Number of series that it gathers. */
  dimensions(): Promise<number>
  /** Bytes of its history on disk; what is not flushed yet comes with its end. */
  historyBytes(): number
}

interface Charts {
  charts: Record<string, { dimensions: Record<string, unknown> }>
}

export const netdataIsInstalled = (): boolean => findProgram('netdata') !== null

/** Starts it with its defaults, all its files under `folder`; `more` is added to its configuration. */
export async function startNetdata(folder: string, more = ''): Promise<RunningNetdata> {
  const port = await freePort()
  const client = httpClient(port)
  const config = join(folder, 'netdata.conf')
  for (const name of ['etc', 'cache', 'lib', 'log', 'home'])
    mkdirSync(join(folder, name), { recursive: true })
  writeFileSync(config, configuration(folder, port) + more)
  writeFileSync(join(folder, 'etc', '.opt-out-from-anonymous-statistics'), '')
  const running = await startProgram({
    program: findProgram('netdata') ?? 'netdata',
    args: ['-D', '-c', config],
    logFile: join(folder, 'netdata.log'),
    ready: async () => (await client.get('/api/v1/info')).status === 200,
  })
  const cache = join(folder, 'cache')
  return {
    ...running,
    port,
    client,
    async dimensions() {
      const { charts }: Charts = JSON.parse((await client.get('/api/v1/charts')).body.toString())
      return Object.values(charts).reduce((sum, chart) => sum + Object.keys(chart.dimensions).length, 0)
    },
    historyBytes: () =>
      readdirSync(cache)
        .filter((name) => name.startsWith('dbengine'))
        .reduce((sum, name) => sum + folderBytes(join(cache, name)), 0),
    async stop() {
      client.close()
      await running.stop()
    },
  }
}

/** Its defaults, but for the folders, the port, and that it tells nobody. */
function configuration(folder: string, port: number): string {
  return `[global]
  run as user = ${userInfo().username}
[directories]
  config = ${folder}/etc
  cache = ${folder}/cache
  lib = ${folder}/lib
  lock = ${folder}/lib/lock
  registry = ${folder}/lib/registry
  log = ${folder}/log
  home = ${folder}/home
[web]
  bind to = 127.0.0.1:${port}
[cloud]
  enabled = no
[health]
  script to execute on alarm = /bin/true
`
}
