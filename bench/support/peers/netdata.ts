// Netdata as Debian ships it: the peer that gathers every second by itself. It is measured while it does so; points
// from elsewhere it takes none of. https://learn.netdata.cloud/docs/agent/daemon/config

import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { freePort } from '../free-port.ts'
import { httpClient } from '../http-client.ts'
import { findProgram, type RunningProgram, startProgram } from '../program.ts'
import { folderBytes } from '../scratch.ts'

export const netdata = {
  name: 'netdata',
  package: 'netdata',
  installed: (): boolean => findProgram('netdata') !== null,
  start,
}

export interface RunningNetdata extends RunningProgram {
  /** Number of series that it gathers. */
  dimensions(): Promise<number>
  /** Bytes of its history on disk; what is not flushed yet comes with its end. */
  historyBytes(): number
}

interface Charts {
  charts: Record<string, { dimensions: Record<string, unknown> }>
}

async function start(folder: string): Promise<RunningNetdata> {
  const port = await freePort()
  const client = httpClient(port)
  const config = join(folder, 'netdata.conf')
  for (const name of ['etc', 'cache', 'lib', 'log', 'home']) mkdirSync(join(folder, name))
  writeFileSync(config, configuration(folder, port))
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
  run as user = ${process.env.USER ?? 'root'}
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
