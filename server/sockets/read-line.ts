// A line tells its format by itself: an object of JSON, a path with value and time as Graphite has it, or InfluxDB's line
// protocol. So everything that can write a line to a socket can add points.

import { Problem } from '../../common/problem.ts'
import { InfluxNames } from '../formats/influx-names.ts'
import { InfluxParser } from '../formats/influx-parser.ts'
import { Naming, type Templates } from '../formats/naming.ts'
import type { Says } from '../points/incoming.ts'
import { type GraphiteLine, readGraphite } from './graphite.ts'
import { readJsonLine } from './json-line.ts'

export interface LinePoint {
  /** Id of the project that the line itself names. */
  projectid?: string | undefined
  category: string
  label: string
  /** Milliseconds; undefined: now. */
  time: number | undefined
  value: number
  says?: Says | undefined
}

export interface Sender {
  /** Address of the connection's other end, which names the machine. */
  machine: string
  /** Wall clock, ms. */
  now: number
}

export interface LineTemplates {
  influx: Templates
  graphite: Templates
  json: Templates
}

export class LineReader {
  readonly #influx: InfluxNames
  readonly #graphite: Naming
  readonly #json: Naming

  constructor({ influx, graphite, json }: LineTemplates) {
    this.#influx = new InfluxNames(new Naming(influx))
    this.#graphite = new Naming(graphite)
    this.#json = new Naming(json)
  }

  /** The points of one line without its end; none for an empty one. Throws a Problem `invalid` that quotes it. */
  read(line: Buffer, sender: Sender): LinePoint[] {
    const text = line.toString('utf8').trim()
    if (text === '') return []
    if (text.startsWith('{')) return readJsonLine(text, sender, this.#json)
    const graphite = readGraphite(text)
    return graphite ? [this.#graphitePoint(graphite)] : this.#influxPoints(line)
  }

  #graphitePoint({ foreign, time, value }: GraphiteLine): LinePoint {
    return { category: this.#graphite.category(foreign), label: this.#graphite.label(foreign), time, value }
  }

  #influxPoints(line: Buffer): LinePoint[] {
    const points: LinePoint[] = []
    const parser = new InfluxParser(this.#influx, line, {
      point: (category, label, time, value) => points.push({ category, label, time, value }),
      wrong: (_, text, reason) => {
        throw new Problem('invalid', `${JSON.stringify(text)}: ${reason}`, {
          field: 'line',
          given: text,
          expected: 'an object of JSON, "path value time", or a line of InfluxDB\'s line protocol',
        })
      },
    })
    parser.more(line.length)
    return points
  }
}
