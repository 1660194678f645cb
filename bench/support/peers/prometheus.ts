// Prometheus: what most alerting runs on. https://prometheus.io/docs/prometheus/latest/

import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { freePort } from '../free-port.ts'
import { httpClient } from '../http-client.ts'
import { measurementName } from '../line-protocol.ts'
import { findProgram, startProgram } from '../program.ts'
import { folderBytes } from '../scratch.ts'
import type { Peer, PeerQuery, RunningPeer } from './peer.ts'
import { remoteWrite } from './remote-write.ts'

const program = 'prometheus'
const headers = {
  'content-type': 'application/x-protobuf',
  'content-encoding': 'snappy',
  'x-prometheus-remote-write-version': '0.1.0',
}

export const prometheus: Peer = {
  name: 'Prometheus',
  package: 'prometheus',
  installed: () => findProgram(program) !== null,
  start,
}

/** Blocks of 31 days from the start, as it would make of history by itself; otherwise years take hours to load. */
async function start(folder: string): Promise<RunningPeer> {
  const port = await freePort()
  const client = httpClient(port)
  const data = join(folder, 'prometheus')
  const config = join(folder, 'prometheus.yml')
  writeFileSync(config, 'global: {}\n')
  const running = await startProgram({
    program: findProgram(program) ?? program,
    args: [
      `--config.file=${config}`,
      `--storage.tsdb.path=${data}`,
      `--web.listen-address=127.0.0.1:${port}`,
      '--storage.tsdb.retention.time=100y',
      '--storage.tsdb.min-block-duration=31d',
      '--storage.tsdb.max-block-duration=31d',
      '--web.enable-remote-write-receiver',
      '--web.enable-admin-api',
      '--log.level=error',
    ],
    logFile: join(folder, 'prometheus.log'),
    ready: async () => (await client.get('/-/ready')).status === 200,
  })
  let snapshot = ''
  return {
    async write(block) {
      await client.post('/api/v1/write', remoteWrite(block), headers)
    },
    async settle() {
      const { body } = await client.post('/api/v1/admin/tsdb/snapshot', '')
      snapshot = join(data, 'snapshots', JSON.parse(body.toString()).data.name)
    },
    bytes: async () => folderBytes(snapshot),
    async query(query) {
      const began = performance.now()
      await Promise.all(['min', 'avg', 'max'].map((what) => client.get(queryPath(what, query))))
      return performance.now() - began
    },
    async stop() {
      client.close()
      await running.stop()
    },
  }
}

/** Its value at t covers [t - step, t], so each bucket is asked for at its last millisecond. */
function queryPath(what: string, { category, from, to, stepMs }: PeerQuery): string {
  const parameters = new URLSearchParams({
    query: `${what}_over_time(${measurementName(category)}[${stepMs}ms])`,
    start: `${(from + stepMs - 1) / 1000}`,
    end: `${(to - 1) / 1000}`,
    step: `${stepMs}ms`,
  })
  return `/api/v1/query_range?${parameters}`
}
