// Points as text: what every format that is written and read has in common. Formats know nothing of files.

import { maxNameLength, type Point } from '../point.ts'
import { Problem } from '../problem.ts'

/** A point as it was read; the project is missing where the text names none. */
export interface ReadPoint {
  project: string | undefined
  category: string
  label: string
  time: number
  value: number
}

/** Where a reader puts what it finds; lines count from 1. */
export interface ReadSink {
  point(point: ReadPoint, line: number): void
  /** What is wrong with a line; nothing of it was taken but what `point` was called with. */
  refuse(line: number, reason: string): void
}

export interface PointReader {
  /** One line without its end. */
  line(text: string, number: number): void
  /** There are no more lines. */
  end(): void
}

export interface PointWriter {
  /** What stands before the first point; empty for most. */
  readonly head: string
  /** Points that follow one another, as whole lines. */
  text(points: readonly Point[]): string
}

export interface ReadOptions {
  /** Unit of times that are bare numbers, where the format has a choice. */
  precision?: Precision | undefined
}

export interface Format {
  readonly name: string
  writer(): PointWriter
  reader(sink: ReadSink, options?: ReadOptions): PointReader
}

/** How many of a unit of time make a millisecond. */
export const perMillisecond = { ns: 1e6, us: 1e3, ms: 1, s: 1e-3 } as const
export type Precision = keyof typeof perMillisecond

/** The name of a project, category or series. Throws a Problem `invalid` for what cannot be one. */
export function parseName(text: string, what: 'project' | 'category' | 'label'): string {
  if (text === '') throw new Problem('invalid', `${what} is empty`)
  if (text.length > maxNameLength)
    throw new Problem('invalid', `${what} is longer than ${maxNameLength} characters`)
  // Half a surrogate pair has no place in UTF-8.
  if (!text.isWellFormed()) throw new Problem('invalid', `${what} is not text`)
  return text
}

/** Calls `work`; what is wrong with a line becomes a reason. */
export function orRefuse(sink: ReadSink, line: number, work: () => void): void {
  try {
    work()
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    sink.refuse(line, error.message)
  }
}

/** Remembers what `make` gives for each series, for that of one category at a time. */
export function perSeries(make: (point: Point) => string): (point: Point) => string {
  const known = new Map<string, string>()
  let project: string | undefined
  let category: string | undefined
  return (point) => {
    if (point.category !== category || point.project !== project) {
      known.clear()
      project = point.project
      category = point.category
    }
    let text = known.get(point.label)
    if (text === undefined) {
      text = make(point)
      known.set(point.label, text)
    }
    return text
  }
}
