// InfluxDB 1.x: what many keep their home's history in. https://docs.influxdata.com/influxdb/v1/

import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { freePort } from '../free-port.ts'
import { httpClient } from '../http-client.ts'
import { lineProtocol } from '../line-protocol.ts'
import { findProgram, startProgram } from '../program.ts'
import { folderBytes } from '../scratch.ts'
import type { Peer, PeerQuery, RunningPeer } from './peer.ts'
import { untilStable } from './until-stable.ts'

const program = 'influxd'
const database = 'bench'

export const influxdb: Peer = {
  name: 'InfluxDB',
  package: 'influxdb',
  installed: () => findProgram(program) !== null,
  start,
}

async function start(folder: string): Promise<RunningPeer> {
  const port = await freePort()
  const client = httpClient(port)
  const data = join(folder, 'influxdb')
  const config = join(folder, 'influxdb.conf')
  writeFileSync(config, configuration({ data, port, rpcPort: await freePort() }))
  const running = await startProgram({
    program: findProgram(program) ?? program,
    args: ['-config', config],
    logFile: join(folder, 'influxdb.log'),
    ready: async () => (await client.get('/ping')).status === 204,
  })
  await client.post(`/query?${new URLSearchParams({ q: `CREATE DATABASE ${database}` })}`, '')
  const bytes = async (): Promise<number> => folderBytes(join(data, 'data')) + folderBytes(join(data, 'wal'))
  return {
    port,
    bytes,
    async write(block) {
      await client.post(`/write?db=${database}&precision=ms`, lineProtocol(block))
    },
    settle: () => untilStable(bytes, { quietMs: 15_000 }),
    query: async (query) => (await client.get(queryPath(query))).ms,
    async stop() {
      client.close()
      await running.stop()
    },
  }
}

function queryPath({ category, from, to, stepMs }: PeerQuery): string {
  const statement =
    `SELECT min(value), mean(value), max(value) FROM "${category}" ` +
    `WHERE time >= ${from}ms AND time < ${to}ms GROUP BY time(${stepMs}ms), label fill(none)`
  return `/query?${new URLSearchParams({ db: database, epoch: 'ms', q: statement })}`
}

/** Its defaults, but for folders, ports, silence, and compaction as soon as nothing is written. */
function configuration({ data, port, rpcPort }: { data: string; port: number; rpcPort: number }): string {
  return `reporting-disabled = true
bind-address = "127.0.0.1:${rpcPort}"
[meta]
  dir = "${data}/meta"
[data]
  dir = "${data}/data"
  wal-dir = "${data}/wal"
  query-log-enabled = false
  cache-snapshot-write-cold-duration = "5s"
  compact-full-write-cold-duration = "5s"
[monitor]
  store-enabled = false
[http]
  bind-address = "127.0.0.1:${port}"
  log-enabled = false
`
}
