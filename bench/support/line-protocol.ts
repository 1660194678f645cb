// InfluxDB's line protocol, which two of the peers take: category as measurement, label as tag, one field `value`.
// https://docs.influxdata.com/influxdb/v1/write_protocols/line_protocol_reference/

import { type Block, eachPoint } from './block.ts'

/** A block as lines with times in milliseconds. */
export function lineProtocol(block: Block): string {
  const heads = new Map(
    block.series.map((one) => [one, `${escaped(one.category)},label=${escaped(one.label)} value=`]),
  )
  const lines: string[] = []
  eachPoint(block, (one, time, value) => lines.push(`${heads.get(one)}${value} ${time}`))
  return lines.join('\n')
}

/** The name under which a category is stored: peers disagree about anything but letters, digits and underscores. */
export const measurementName = (category: string): string => category.replace(/[^A-Za-z0-9]/g, '_')

const escaped = (text: string): string => text.replace(/[, =]/g, '\\$&')
