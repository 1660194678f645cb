// What a benchmark is: one file in this folder whose default export runs it and yields rows of numbers, each
// beside a reference taken in the same run and the targets that it is held to.

/** Held against our number itself, against its ratio to the reference, or against both. */
export interface Target {
  value?: number
  ratio?: number
}

export interface Row {
  what: string
  /** Unit of `ours` and of the reference, such as `ms` or `B/point`. */
  unit: string
  ours: number
  /** Left out where nobody else does this, or where no peer is installed. */
  reference?: { name: string; value: number } | undefined
  /** Which way is good; less by default. */
  better?: 'less' | 'more'
  atLeast?: Target
  want?: Target
}

export interface BenchmarkContext {
  /** A count for this run: `full` times BENCH_SCALE, at least `least`. */
  scaled(full: number, least?: number): number
  /** Shows progress. */
  say(line: string): void
}

export interface Benchmark {
  /** One sentence: what is measured. */
  help: string
  run(context: BenchmarkContext): Promise<Row[]>
}

/** Types a benchmark. */
export const benchmark = (definition: Benchmark): Benchmark => definition

/** Ours divided by the reference; null without one. */
export function ratioOf({ ours, reference }: Row): number | null {
  return reference ? ours / reference.value : null
}

/** Whether a target is met; null where it cannot be told, because the reference is missing. */
export function isMet(row: Row, { value, ratio }: Target): boolean | null {
  const holds = (measured: number, wanted: number): boolean =>
    row.better === 'more' ? measured >= wanted : measured <= wanted
  if (value !== undefined && !holds(row.ours, value)) return false
  if (ratio === undefined) return true
  const measured = ratioOf(row)
  return measured === null ? null : holds(measured, ratio)
}
