// Puts the generator's parts together: gathers from their folder, the machine that they read from, the clock, and
// the store that takes what comes out.

import { dirname, resolve } from 'node:path'
import type { Clock } from '../common/clock.ts'
import type { RetentionPlan } from '../common/retention-cost.ts'
import { planOf } from '../common/retention-settings.ts'
import type { Settings } from '../common/settings.ts'
import type { Store } from '../store/types.ts'
import { BuiltIns } from './built-ins.ts'
import { type Facts, readFacts } from './facts.ts'
import { Failures } from './failures.ts'
import { gatherReader } from './gather-reader.ts'
import { Host } from './host.ts'
import { createMachine, type MachineOptions, type SelfStatistics } from './machine.ts'
import { Outbox } from './outbox.ts'
import { Guests, type GuestsOptions } from './plugins/guests.ts'
import { listPlugins } from './plugins/plugin-folder.ts'
import { pruneLoop } from './prune-loop.ts'
import type { Runner } from './runner.ts'
import type { Sleep } from './sleep.ts'
import { ticks } from './tick.ts'
import { usedTimesOf } from './used-times.ts'

export interface GeneratorOptions {
  settings: Settings
  /** The settings as they are now, the same object until they change; those above, if left out. */
  newestSettings?: () => Settings
  /** Where the user's plugins are looked for and listed; there are none, if left out. */
  plugins?: Pick<GuestsOptions, 'settingsFile' | 'reportFile' | 'extendSettings'>
  /** What history is kept at present, the same object until that changes; as the settings say, if left out. */
  retention?: () => RetentionPlan
  store: Store
  /** Key of the machine's project. */
  project: string
  clock: Clock
  sleep: Sleep
  /** Takes a line for people to read. */
  log: (line: string) => void
  /** Folder with the gathers. */
  gathers: string
  /** Our programs that run at present. */
  processes: () => SelfStatistics['processes']
  /** Whether somebody looks at the newest points: then every round is stored at once. Nobody, if left out. */
  isWatched?: () => boolean
  /** Is told why points cannot be stored at present, and null when they can. */
  noteProblem?: (reason: string | null) => void
  /** Another machine's /proc and /sys. */
  roots?: Pick<MachineOptions, 'procRoot' | 'sysRoot' | 'statfs'>
  /** False: there is no /proc to read from. */
  hasProc?: boolean
  facts?: () => Promise<Facts>
}

export interface Generator {
  readonly gatherCount: number
  /** Gathers, stores and prunes until the signal aborts; calls `onStored` when the first round is stored. */
  run(signal: AbortSignal, onStored?: () => void): Promise<void>
}

/** Asking for the static facts is work: first the phone shall see its graphs. */
const factsAfterMs = 10_000

/** Loads the gathers and makes everything ready. Throws a Problem when the store cannot be read. */
export async function createGenerator(options: GeneratorOptions): Promise<Generator> {
  const { settings, store, project, clock, sleep, log, facts = readFacts } = options
  const stepMs = Math.round(settings.Generator.Timestep * 1000)
  const asStarted = planOf(settings)
  const { retention = () => asStarted, newestSettings = () => settings } = options
  const builtIns = await BuiltIns.load({
    ...{ folder: options.gathers, settings: newestSettings, stepMs, clock, log },
    others: namesOfGuests(options),
  })
  const { runners } = builtIns
  const machine = createMachine({
    settings,
    clock,
    sleep,
    self: () => selfStatistics(options, runners),
    ...options.roots,
  })
  const read = await gatherReader(machine, { hasProc: options.hasProc, optionsOf: builtIns.optionsOf })
  builtIns.begin(read)
  const outbox = openOutbox(options, stepMs)
  const names = new Set(runners.map(({ name }) => name))
  const guests = openGuests(options, { builtIns, names, stepMs, note: (outcomes) => host.note(outcomes) })
  const failures = openFailures(options, builtIns, outbox, guests?.known() ?? [])
  const sayOnce = onceEach((error) => log(`generator: a round is lost: ${error}`))
  const usedTimes = usedTimesOf(store, project, names, (from, to) => outbox.newestWaiting(from, to))
  const host = new Host({
    ...{ runners, outbox, failures, usedTimes, machine, sleep, stepMs },
    guests: () => guests?.runners() ?? [],
  })

  /** What people changed and what became of plugins. */
  function keepInStep(): void {
    void builtIns.look(read, (ended) => {
      for (const name of ended) failures.note(name, null)
    })
    guests?.report()
  }

  async function learnFacts(signal: AbortSignal): Promise<void> {
    await sleep(factsAfterMs, signal)
    if (!signal.aborted) host.learn(await facts())
  }

  return {
    gatherCount: runners.length,
    async run(signal, onStored) {
      const pruning = pruneLoop({ store, clock, sleep, signal, retention, log })
      void learnFacts(signal)
      guests?.start()
      let isFirst = true
      for await (const grid of ticks({ clock, sleep, stepMs, signal })) {
        const isStored = await host.round(grid).catch(sayOnce)
        if (isStored && isFirst) onStored?.()
        if (isStored) isFirst = false
        keepInStep()
      }
      await guests?.close()
      if (!outbox.flush({ now: true })) log(`generator: ${outbox.waiting} points could not be stored`)
      await Promise.all([pruning, read.close()])
    },
  }
}

function openOutbox(options: GeneratorOptions, stepMs: number): Outbox {
  const { settings, store, project, clock, log, isWatched, noteProblem } = options
  const rounds = Math.floor((settings.Generator.CommitInterval * 1000) / stepMs)
  // Half a step less: a round that comes a little early is on time.
  const keepMs = Math.max(0, (rounds - 0.5) * stepMs)
  return new Outbox({
    ...{ store, project, clock, log, keepMs },
    ...(isWatched && { isWatched }),
    ...(noteProblem && { noteProblem }),
  })
}

/** The same thing in every round is said in the first. */
function onceEach(say: (error: string) => void): (error: unknown) => false {
  let said: string | undefined
  return (error) => {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
    if (text !== said) say(text)
    said = text
    return false
  }
}

/** Gathers of what this machine does not have are no news to anybody. */
function selfStatistics(
  { store, project, processes }: GeneratorOptions,
  runners: readonly Runner[],
): SelfStatistics {
  const { bytes, rowsWritten } = store.stats()
  const known = store.series(project)
  const gathers = runners
    .filter(({ name }) => known.labels(name) !== undefined)
    .map(({ name, last = null }) => ({ name, last }))
  return { gathers, rowsWritten, databaseBytes: bytes, processes: processes() }
}

/**
 * Failures of an earlier run end when nobody gathers them any more; those of plugins (`others`) when they are read.
 * Those of files that cannot be loaded begin.
 */
function openFailures(
  { store, project, clock, log }: GeneratorOptions,
  { gathers, broken }: BuiltIns,
  outbox: Outbox,
  others: readonly string[],
): Failures {
  const failing = store
    .catalogue(project)
    .flatMap(({ name, error }) => (error ? [[name, error.message] as const] : []))
  const failures = new Failures({ outbox, clock, log, known: new Map(failing) })
  failures.forgetAllBut(new Set([...[...gathers, ...broken].map(({ name }) => name), ...others]))
  for (const { name, message } of broken) failures.note(name, message)
  return failures
}

interface GuestParts extends Pick<GuestsOptions, 'stepMs' | 'note'> {
  builtIns: BuiltIns
  names: Set<string>
}

function openGuests(
  options: GeneratorOptions,
  { builtIns, names, ...parts }: GuestParts,
): Guests | undefined {
  const { plugins, newestSettings, settings, clock, log, store, project, isWatched = () => false } = options
  if (!plugins) return undefined
  return new Guests({
    ...{ ...parts, ...plugins, clock, log, isWatched, categories: names },
    settings: newestSettings ?? (() => settings),
    builtIns: () => {
      const known = store.series(project)
      return builtIns.states((category) => known.labels(category) !== undefined)
    },
  })
}

/** What else than gathers may be switched off. */
function namesOfGuests({ plugins, settings }: GeneratorOptions): string[] {
  if (!plugins) return []
  const { PluginDirectory } = settings.Generator
  const stems = listPlugins(resolve(dirname(plugins.settingsFile), PluginDirectory)).map(({ stem }) => stem)
  return [...stems, ...Object.keys(settings.Scrape)]
}
