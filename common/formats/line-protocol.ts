// InfluxDB's line protocol: the category is the measurement, the project a tag, the label the field, and the time in
// nanoseconds. Series of one category with a point at the same time share a line.
// https://docs.influxdata.com/influxdb/v2/reference/syntax/line-protocol/

import type { Point } from '../point.ts'
import { type Format, perSeries } from './format.ts'
import { LineProtocolReader, lineBreakComment } from './line-protocol-reader.ts'
import { valueText } from './numbers.ts'

export const lineProtocol: Format = {
  name: 'line-protocol',
  writer: () => {
    const seriesOf = perSeries(
      ({ project, category }) => `${escapedName(category)},project=${escaped(project)} `,
    )
    const fieldOf = perSeries(({ label }) => `${escaped(label)}=`)
    let announced = false
    /** What has to be said before points with such names, once. */
    const announcement = (points: readonly Point[]): string => {
      if (announced || !points.some(hasLineBreak)) return ''
      announced = true
      return `${lineBreakComment}\n`
    }
    return {
      head: '',
      text: (points) => {
        let text = announcement(points)
        for (let i = 0; i < points.length; ) {
          const first = points[i] as Point
          text += seriesOf(first) + fieldOf(first) + valueText(first.value)
          for (i++; i < points.length && sameLine(points[i] as Point, first); i++) {
            const next = points[i] as Point
            text += `,${fieldOf(next)}${valueText(next.value)}`
          }
          text += ` ${nanoseconds(first.time)}\n`
        }
        return text
      },
    }
  },
  reader: (sink, options) => new LineProtocolReader(sink, options),
}

const sameLine = (point: Point, first: Point): boolean =>
  point.time === first.time && point.category === first.category && point.project === first.project

const hasLineBreak = ({ project, category, label }: Point): boolean =>
  /[\r\n]/.test(label) || /[\r\n]/.test(category) || /[\r\n]/.test(project)

/** Tags and fields; a backslash is doubled, for at the end of a name it would hide what follows. */
const escaped = (name: string): string =>
  name
    .replace(/[\\,= ]/g, '\\$&')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')

/** A measurement may hold `=`, but not begin like a comment. */
const escapedName = (name: string): string => escaped(name).replace(/^#/, '\\#')

const nanoseconds = (time: number): string => (time === 0 ? '0' : `${time}000000`)
