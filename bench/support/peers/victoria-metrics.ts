// VictoriaMetrics, single node: the smallest and fastest of the peers, and so the one to beat on disk.
// https://docs.victoriametrics.com/single-server-victoriametrics/

import { join } from 'node:path'
import { freePort } from '../free-port.ts'
import { httpClient } from '../http-client.ts'
import { lineProtocol, measurementName } from '../line-protocol.ts'
import { findProgram, startProgram } from '../program.ts'
import { folderBytes } from '../scratch.ts'
import type { Peer, PeerQuery, RunningPeer } from './peer.ts'
import { untilStable } from './until-stable.ts'

const program = 'victoria-metrics'

export const victoriaMetrics: Peer = {
  name: 'VictoriaMetrics',
  package: 'victoria-metrics',
  installed: () => findProgram(program) !== null,
  start,
}

async function start(folder: string): Promise<RunningPeer> {
  const port = await freePort()
  const client = httpClient(port)
  const data = join(folder, 'victoria-metrics')
  const running = await startProgram({
    program: findProgram(program) ?? program,
    args: [
      `-storageDataPath=${data}`,
      `-httpListenAddr=127.0.0.1:${port}`,
      '-retentionPeriod=100y',
      '-loggerLevel=ERROR',
    ],
    logFile: join(folder, 'victoria-metrics.log'),
    ready: async () => (await client.get('/health')).status === 200,
  })
  const bytes = async (): Promise<number> =>
    folderBytes(join(data, 'data')) + folderBytes(join(data, 'indexdb'))
  return {
    port,
    bytes,
    async write(block) {
      await client.post('/write?precision=ms', lineProtocol(block))
    },
    async settle() {
      await client.get('/internal/force_flush')
      await client.get('/internal/force_merge')
      await untilStable(bytes)
    },
    query: async (query) => (await client.get(queryPath(query))).ms,
    async stop() {
      client.close()
      await running.stop()
    },
  }
}

/**
 * One request answers min, mean and max: `rollup` gives all three. Its value at t covers (t - step, t], so each
 * bucket is asked for at its last millisecond; results that it kept from earlier requests are not used.
 */
function queryPath({ category, from, to, stepMs }: PeerQuery): string {
  const parameters = new URLSearchParams({
    query: `rollup({__name__="${measured(category)}"}[${stepMs}ms])`,
    start: `${(from + stepMs - 1) / 1000}`,
    end: `${(to - 1) / 1000}`,
    step: `${stepMs}ms`,
    nocache: '1',
  })
  return `/api/v1/query_range?${parameters}`
}

const measured = (category: string): string => `${measurementName(category)}_value`
