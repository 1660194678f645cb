// node_exporter as Debian ships it, asked every second by a Prometheus that stores what it says.
// https://github.com/prometheus/node_exporter

import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { freePort } from '../free-port.ts'
import { type HttpClient, httpClient } from '../http-client.ts'
import { findProgram, type RunningProgram, startProgram } from '../program.ts'

const exporter = 'prometheus-node-exporter'
const prometheus = 'prometheus'

export interface RunningScrape {
  readonly programs: readonly RunningProgram[]
  /** Values of one scrape. */
  values(): Promise<number>
  stop(): Promise<void>
}

export const nodeExporterIsInstalled = (): boolean =>
  findProgram(exporter) !== null && findProgram(prometheus) !== null

/** Starts both with all their files under `folder`. */
export async function startScrape(folder: string): Promise<RunningScrape> {
  const [exporterPort, port] = [await freePort(), await freePort()]
  const [exporterClient, client] = [httpClient(exporterPort), httpClient(port)]
  const exporting = await startProgram({
    program: findProgram(exporter) ?? exporter,
    args: [`--web.listen-address=127.0.0.1:${exporterPort}`, '--log.level=error'],
    logFile: join(folder, 'exporter.log'),
    ready: async () => (await exporterClient.get('/metrics')).status === 200,
  })
  const storing = await startProgram({
    program: findProgram(prometheus) ?? prometheus,
    args: [
      `--config.file=${configuration(folder, exporterPort)}`,
      `--storage.tsdb.path=${join(folder, 'prometheus')}`,
      `--web.listen-address=127.0.0.1:${port}`,
      '--log.level=error',
    ],
    logFile: join(folder, 'prometheus.log'),
    ready: async () => (await client.get('/-/ready')).status === 200,
  })
  const clients: HttpClient[] = [exporterClient, client]
  return {
    programs: [exporting, storing],
    values: async () => countValues((await exporterClient.get('/metrics')).body.toString()),
    async stop() {
      for (const one of clients) one.close()
      await Promise.all([exporting.stop(), storing.stop()])
    },
  }
}

function configuration(folder: string, port: number): string {
  const file = join(folder, 'prometheus.yml')
  writeFileSync(
    file,
    `global: { scrape_interval: 1s }
scrape_configs:
  - { job_name: node, static_configs: [{ targets: ['127.0.0.1:${port}'] }] }
`,
  )
  return file
}

const countValues = (metrics: string): number =>
  metrics.split('\n').filter((line) => line !== '' && !line.startsWith('#')).length
