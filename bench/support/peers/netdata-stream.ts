// How one netdata hands its past to another: the text lines of its replication, which let a benchmark fill it with any
// history. Found in its sources: streaming/receiver.c and plugins.d/pluginsd_parser.c.

import { connect, type Socket } from 'node:net'
import type { Block } from '../block.ts'
import { measurementName } from '../line-protocol.ts'

/** The key by which the receiving side knows us; see its stream.conf. */
export const streamKey = '11111111-2222-4333-8444-555555555555'
export const streamHost = 'bench'

const machineId = '66666666-7777-4888-9999-aaaaaaaaaaaa'
/** Versions 1 and 2, negotiation, labels and replication. */
const capabilities = [3, 4, 5, 6, 7, 9, 12].reduce((sum, bit) => sum + 2 ** bit, 0)
const patienceMs = 10_000

/** Opens the stream; rejects when the other side does not want it. */
export function openStream(port: number): Promise<Socket> {
  const parameters =
    `key=${streamKey}&hostname=${streamHost}&registry_hostname=${streamHost}&machine_guid=${machineId}` +
    `&update_every=1&os=linux&timezone=UTC&abbrev_timezone=UTC&utc_offset=0&hops=1&ver=${capabilities}`
  const socket = connect(port, '127.0.0.1')
  socket.write(`STREAM ${parameters} HTTP/1.1\r\nUser-Agent: ${streamHost}/1\r\nAccept: */*\r\n\r\n`)
  return new Promise((resolve, reject) => {
    const refuse = (reason: string): void => reject(new Error(`netdata takes no stream: ${reason}`))
    const tooLong = setTimeout(() => refuse('no answer'), patienceMs)
    socket.once('error', reject)
    socket.once('data', (answer) => {
      clearTimeout(tooLong)
      if (answer.toString().startsWith('Hit me baby')) resolve(socket)
      else refuse(answer.toString().slice(0, 200))
    })
  })
}

/** Charts have one interval: a category is a chart for each interval that it comes in. */
export const chartId = (category: string, everySeconds: number): string =>
  `${measurementName(category)}.every_${everySeconds}_s`

/** What makes a chart known, with a dimension for each label. */
export function chartDefinition(category: string, everySeconds: number, labels: readonly string[]): string {
  const id = chartId(category, everySeconds)
  const dimensions = labels.map((label) => `DIMENSION "${label}" "${label}" "absolute" 1 1 ""\n`)
  return `CHART "${id}" "" "${category}" "" "${category}" "${id}" "line" 1000 ${everySeconds} "" "bench" "bench"\n${dimensions.join('')}`
}

/** The rounds of a block of one interval, category by category. Times are cut to whole seconds. */
export function replication(block: Block, everySeconds: number): string {
  const { series, times, values } = block
  const last = Math.floor((times.at(-1) ?? 0) / 1000)
  const lines: string[] = []
  for (const [category, columns] of columnsByCategory(block)) {
    const id = chartId(category, everySeconds)
    for (const [row, time] of times.entries()) {
      const end = Math.floor(time / 1000)
      lines.push(`RBEGIN "${id}" ${end - everySeconds} ${end} ${last}`)
      for (const column of columns) {
        lines.push(`RSET "${series[column]?.label}" ${values[row * series.length + column]} ""`)
      }
    }
    lines.push(`REND ${everySeconds} ${last} ${last} true ${last} ${last} ${last}`)
  }
  return `${lines.join('\n')}\n`
}

/** Columns of a block's series under their categories. */
export function columnsByCategory({ series }: Block): Map<string, number[]> {
  const columns = new Map<string, number[]>()
  for (const [column, { category }] of series.entries()) {
    columns.set(category, [...(columns.get(category) ?? []), column])
  }
  return columns
}
