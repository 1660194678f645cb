// Puts the generator's parts together: gathers from their folder, the machine that they read from, the clock, and
// the store that takes what comes out.

import type { Clock } from '../common/clock.ts'
import type { RetentionPlan } from '../common/retention-cost.ts'
import { planOf } from '../common/retention-settings.ts'
import type { Settings } from '../common/settings.ts'
import type { Store } from '../store/types.ts'
import { type Facts, readFacts } from './facts.ts'
import { Failures } from './failures.ts'
import { gatherReader } from './gather-reader.ts'
import { gatherSettings } from './gather-settings.ts'
import { Host } from './host.ts'
import { type LoadedGathers, loadGathers } from './load-gathers.ts'
import { createMachine, type MachineOptions, type SelfStatistics } from './machine.ts'
import { Outbox } from './outbox.ts'
import { pruneLoop } from './prune-loop.ts'
import { Runner } from './runner.ts'
import type { Sleep } from './sleep.ts'
import { ticks } from './tick.ts'
import { usedTimesOf } from './used-times.ts'

export interface GeneratorOptions {
  settings: Settings
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
  const { retention = () => asStarted } = options
  const loaded = await loadGathers(options.gathers, settings.Generator.DisabledGathers)
  for (const line of loaded.unknown) log(`generator: ${line}`)

  const machine = createMachine({
    settings,
    clock,
    sleep,
    self: () => selfStatistics(options, runners),
    ...options.roots,
  })
  const { optionsOf, mistakes } = gatherSettings(settings, loaded.gathers, loaded)
  for (const line of mistakes) log(`generator: ${line}`)
  const read = await gatherReader(machine, { hasProc: options.hasProc, optionsOf })
  const runners = loaded.gathers.map((named) => new Runner({ ...named, stepMs, clock, read }))
  const outbox = openOutbox(options, stepMs)
  const failures = openFailures(options, loaded, outbox)
  const sayOnce = onceEach((error) => log(`generator: a round is lost: ${error}`))
  const names = new Set(loaded.gathers.map(({ name }) => name))
  const usedTimes = usedTimesOf(store, project, names, (from, to) => outbox.newestWaiting(from, to))
  const host = new Host({ runners, outbox, failures, usedTimes, machine, sleep, stepMs })

  async function learnFacts(signal: AbortSignal): Promise<void> {
    await sleep(factsAfterMs, signal)
    if (!signal.aborted) host.learn(await facts())
  }

  return {
    gatherCount: runners.length,
    async run(signal, onStored) {
      const pruning = pruneLoop({ store, clock, sleep, signal, retention, log })
      void learnFacts(signal)
      let isFirst = true
      for await (const grid of ticks({ clock, sleep, stepMs, signal })) {
        const isStored = await host.round(grid).catch(sayOnce)
        if (isStored && isFirst) onStored?.()
        if (isStored) isFirst = false
      }
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

/** Failures of an earlier run end when nobody gathers them any more; those of files that cannot be loaded begin. */
function openFailures(
  { store, project, clock, log }: GeneratorOptions,
  { gathers, broken }: LoadedGathers,
  outbox: Outbox,
): Failures {
  const failing = store
    .catalogue(project)
    .flatMap(({ name, error }) => (error ? [[name, error.message] as const] : []))
  const failures = new Failures({ outbox, clock, log, known: new Map(failing) })
  failures.forgetAllBut(new Set([...gathers, ...broken].map(({ name }) => name)))
  for (const { name, message } of broken) failures.note(name, message)
  return failures
}
