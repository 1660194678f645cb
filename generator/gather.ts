// The contract of a gather plugin: one small file, in gathers/ or in the user's own folder, whose default export is
// `gather({ … })`. It says what
// its numbers are and reads them, nothing else: clock, rates, limits in time, errors and storage are the host's.

import { nearest } from '../common/nearest.ts'
import { Problem } from '../common/problem.ts'
import type { Facts } from './facts.ts'
import {
  defaultsOf,
  type OptionDeclarations,
  type OptionValue,
  type OptionValues,
  type OptionWords,
  optionWords,
} from './gather-options.ts'
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

/** When a value of a series is worth an alert, as the gather's author sees it: a proposal to people, not a rule. */
export interface AlertHint<Label extends string = string> {
  /** Default: any of them. */
  readonly series?: Label
  /** In the unit; at least one of the two. */
  readonly above?: number
  readonly below?: number
  /** So long without a break. Default: 0 */
  readonly seconds?: number
  /** What it means, for people. */
  readonly text?: string
}

interface Words<Label extends string, O extends OptionDeclarations> {
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
  /** Settings of its own by name, each with its default: people set them under [Gather NAME] in settings.conf. */
  readonly options?: O
  readonly alerts?: readonly AlertHint<NoInfer<Label>>[]
  /** A few words to add to `help` once the machine's static facts are known. */
  readonly about?: (facts: Facts) => string | undefined
}

interface Reads<Label extends string, O extends OptionDeclarations, Held> {
  /** Opens what is to stay open between readings, before the first. What it throws is shown; it is tried again. */
  readonly setup?: (machine: Machine, options: OptionValues<O>) => Held | Promise<Held>
  /** Closes it again. */
  readonly teardown?: (held: NoInfer<Held>) => void | Promise<void>
  /** One reading, on Linux from /proc and /sys. What it throws is shown as the category's failure. */
  readonly read: (machine: Machine, options: OptionValues<O>, held: NoInfer<Held>) => Answer<NoInfer<Label>>
  /** The same where there is no /proc: macOS and Windows. */
  readonly fallback?: (
    si: SystemInformation,
    machine: Machine,
    options: OptionValues<O>,
  ) => Answer<NoInfer<Label>>
  readonly watch?: never
}

interface Watches<Label extends string, O extends OptionDeclarations> {
  /**
   * For sources that speak by themselves (a log, MQTT, a serial line) instead of `read`: yields what there is to say
   * whenever there is. The newest of each series is stored each round, nothing where nothing came. It ends when
   * `signal` aborts; when it ends or throws before, it is begun again after a while.
   */
  readonly watch: (
    machine: Machine,
    options: OptionValues<O>,
    signal: AbortSignal,
  ) => AsyncIterable<Partial<Readings<NoInfer<Label>>>>
  readonly read?: never
  readonly setup?: never
  readonly teardown?: never
  readonly fallback?: never
}

/** Either all series are known (`series`), or it is said what each stands for (`each`). */
type Series<Label extends string> =
  | { readonly series: readonly Label[]; readonly each?: never }
  | { readonly each: string; readonly series?: never }

export type GatherOptions<
  Label extends string = string,
  O extends OptionDeclarations = Record<never, never>,
  Held = undefined,
> = Words<Label, O> & (Reads<Label, O, Held> | Watches<Label, O>) & Series<Label>

/** Options by name, for whoever reads a gather without knowing which it has; what is left out is as by default. */
type GivenOptions = Readonly<Record<string, OptionValue>>

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
  readonly options: Readonly<Record<string, OptionWords>>
  readonly alerts: readonly AlertHint[]
  readonly about: (facts: Facts) => string | undefined
  readonly setup: ((machine: Machine, options?: GivenOptions) => unknown) | undefined
  readonly teardown: ((held: unknown) => void | Promise<void>) | undefined
  /** Of a gather that watches: rejects. */
  readonly read: (machine: Machine, options?: GivenOptions, held?: unknown) => Answer
  readonly fallback: ((si: SystemInformation, machine: Machine, options?: GivenOptions) => Answer) | undefined
  readonly watch:
    | ((
        machine: Machine,
        options: GivenOptions | undefined,
        signal: AbortSignal,
      ) => AsyncIterable<Partial<Readings>>)
    | undefined
}

const optionNames = [
  ...['title', 'help', 'unit', 'kind', 'min', 'max', 'graph', 'every', 'order', 'series', 'each'],
  ...['options', 'alerts', 'about', 'setup', 'teardown', 'read', 'fallback', 'watch'],
]

/** Declares a gather. Throws a Problem `invalid` for an unknown option, a missing one, or an unknown unit. */
export function gather<
  const Label extends string = string,
  O extends OptionDeclarations = Record<never, never>,
  Held = undefined,
>(given: GatherOptions<Label, O, Held>): Gather {
  refuseMistakes(given)
  const options = optionWords(given.options ?? {})
  return {
    title: given.title,
    help: given.help,
    unit: unitText(given.unit),
    kind: given.kind ?? 'gauge',
    min: given.min ?? null,
    max: given.max ?? null,
    graph: given.graph ?? true,
    every: given.every ?? 0,
    order: given.order ?? 100,
    series: given.series ?? null,
    each: given.each ?? null,
    alerts: given.alerts ?? [],
    about: given.about ?? (() => undefined),
    options,
    ...parts({ ...given }, defaultsOf(options)),
  }
}

type Parts = Pick<Gather, 'setup' | 'teardown' | 'read' | 'fallback' | 'watch'>

/** The functions, with the options that are not given filled in. */
function parts(given: Loose, defaults: GivenOptions): Parts {
  const { setup, teardown, read, fallback, watch } = given as Partial<Parts>
  const hasNone = Object.keys(defaults).length === 0
  const filled = (options?: GivenOptions): GivenOptions => (hasNone ? defaults : { ...defaults, ...options })
  return {
    teardown,
    setup: setup && ((machine, options) => setup(machine, filled(options))),
    read: read
      ? (machine, options, held) => read(machine, filled(options), held)
      : () => Promise.reject(new Error('it watches, and has no read()')),
    fallback: fallback && ((si, machine, options) => fallback(si, machine, filled(options))),
    watch: watch && ((machine, options, signal) => watch(machine, filled(options), signal)),
  }
}

/** Plugins in plain JavaScript have no compiler to tell them. */
function refuseMistakes(options: object): void {
  const { help, unit, kind = 'gauge', every = 0, series, each, read, watch }: Loose = { ...options }
  for (const name of Object.keys(options)) {
    if (!optionNames.includes(name)) throw mistake(name, undefined, `one of ${optionNames.join(', ')}`, name)
  }
  if (typeof help !== 'string' || help === '') throw mistake('help', help, 'a sentence for people')
  if (typeof read !== 'function' && typeof watch !== 'function') throw mistake('read', read, 'a function')
  if (read !== undefined && watch !== undefined) throw mistake('watch', watch, 'left out where there is read')
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
