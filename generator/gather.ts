// The contract of a gather plugin: one small file in gathers/ whose default export is `gather({ … })`. It says what
// its numbers are and reads them, nothing else: clock, rates, limits in time, errors and storage are the host's.

import { nearest } from '../common/nearest.ts'
import { Problem } from '../common/problem.ts'
import type { Facts } from './facts.ts'
import type { Machine } from './machine.ts'
import { baseUnits, isUnit, type Unit, unitText } from './unit.ts'

/** The library `systeminformation`, for systems that have no /proc. */
export type SystemInformation = typeof import('systeminformation')

/** A gauge is stored as it is read; of a counter, which only grows, the host stores the growth a second. */
export type Kind = 'gauge' | 'counter'

/** What only the running machine knows of a series; each overrides the gather's own. */
interface AtRunTime {
  readonly unit?: Unit
  readonly min?: number
  readonly max?: number
}

export interface Reading extends AtRunTime {
  /** Null: there is none now, but the row keeps its place. */
  readonly value: number | null
  readonly kind?: Kind
}

/** Two counters, of which one counts a share of the other: stored is 100 · Δpart / Δwhole, from 0 to 100. */
export interface Share extends AtRunTime {
  readonly part: number
  readonly whole: number
}

export type SeriesReading = number | Reading | Share

/** A reading for each label, in the order of their rows. */
export type Readings<Label extends string = string> = Readonly<Record<Label, SeriesReading>>

/** Null (or no label at all): the machine has no such thing, which is not a failure. */
export type Answer<Label extends string = string> = Readings<Label> | null | Promise<Readings<Label> | null>

interface Options<Label extends string> {
  /** Name of the category where the file's name (hyphens as spaces) is not good enough. */
  readonly title?: string
  /** One sentence for people: what the numbers are. */
  readonly help: string
  /** Unit of what is stored; of a counter that is the unit of its rate. */
  readonly unit: Unit
  /** Default: gauge. */
  readonly kind?: Kind
  /** Limits in the unit, where they are the same on every machine. */
  readonly min?: number
  readonly max?: number
  /** False: rows with bars, no graph. Default: true */
  readonly graph?: boolean
  /** Seconds between readings; never less than the setting Timestep, which is the default. */
  readonly every?: number
  /** Cards stand in this order, then by name. Default: 100 */
  readonly order?: number
  /** A few words to add to `help` once the machine's static facts are known. */
  readonly about?: (facts: Facts) => string | undefined
  /** One reading, on Linux from /proc and /sys. What it throws is shown as the category's failure. */
  readonly read: (machine: Machine) => Answer<Label>
  /** The same where there is no /proc: macOS and Windows. */
  readonly fallback?: (si: SystemInformation, machine: Machine) => Answer<Label>
}

/** Either all series are known (`series`), or it is said what each stands for (`each`). */
export type GatherOptions<Label extends string> = Options<Label> &
  (
    | { readonly series: readonly Label[]; readonly each?: never }
    | { readonly each: string; readonly series?: never }
  )

/** A gather with every default filled in. */
export interface Gather {
  readonly title: string | undefined
  readonly help: string
  readonly unit: string
  readonly kind: Kind
  readonly min: number | null
  readonly max: number | null
  readonly graph: boolean
  readonly every: number
  readonly order: number
  readonly series: readonly string[] | null
  readonly each: string | null
  readonly about: (facts: Facts) => string | undefined
  readonly read: (machine: Machine) => Answer
  readonly fallback: ((si: SystemInformation, machine: Machine) => Answer) | undefined
}

const optionNames = [
  ...['title', 'help', 'unit', 'kind', 'min', 'max', 'graph', 'every', 'order'],
  ...['series', 'each', 'about', 'read', 'fallback'],
]

/** Declares a gather. Throws a Problem `invalid` for an unknown option, a missing one, or an unknown unit. */
export function gather<const Label extends string = string>(options: GatherOptions<Label>): Gather {
  refuseMistakes(options)
  return {
    title: options.title,
    help: options.help,
    unit: unitText(options.unit),
    kind: options.kind ?? 'gauge',
    min: options.min ?? null,
    max: options.max ?? null,
    graph: options.graph ?? true,
    every: options.every ?? 0,
    order: options.order ?? 100,
    series: options.series ?? null,
    each: options.each ?? null,
    about: options.about ?? (() => undefined),
    read: options.read,
    fallback: options.fallback,
  }
}

/** Plugins in plain JavaScript have no compiler to tell them. */
function refuseMistakes(options: object): void {
  const { help, unit, kind = 'gauge', every = 0, series, each, read }: Loose = { ...options }
  for (const name of Object.keys(options)) {
    if (!optionNames.includes(name)) throw mistake(name, undefined, `one of ${optionNames.join(', ')}`, name)
  }
  if (typeof help !== 'string' || help === '') throw mistake('help', help, 'a sentence for people')
  if (typeof read !== 'function') throw mistake('read', read, 'a function')
  if (kind !== 'gauge' && kind !== 'counter') throw mistake('kind', kind, "'gauge' or 'counter'")
  if (typeof every !== 'number' || !(every >= 0)) throw mistake('every', every, 'seconds')
  if ((series === undefined) === (each === undefined))
    throw mistake('series', series, 'either series or each')
  if (!isUnit(unit)) throw mistake('unit', unit, `one of ${baseUnits.join(' ')} or { free: '…' }`)
}

type Loose = Readonly<Record<string, unknown>>

function mistake(field: string, given: unknown, expected: string, misspelt?: string): Problem {
  const meant = misspelt && nearest(misspelt, optionNames)
  const message = misspelt
    ? `a gather has no option "${misspelt}"${meant ? `; did you mean "${meant}"?` : ''}`
    : `a gather's ${field} must be ${expected}`
  return new Problem('invalid', message, { field, given, expected })
}
