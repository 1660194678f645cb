// A host with gathers of the test's own, a clock that the test turns, and a real store.

import { Failures } from '../../../generator/failures.ts'
import type { Gather } from '../../../generator/gather.ts'
import { Host } from '../../../generator/host.ts'
import { Outbox } from '../../../generator/outbox.ts'
import { Runner } from '../../../generator/runner.ts'
import { ticks } from '../../../generator/tick.ts'
import { usedTimesOf } from '../../../generator/used-times.ts'
import { FakeTime } from './fake-time.ts'
import { fixtureMachine } from './fixture.ts'
import { storedIn, type TemporaryStore, temporaryStore } from './temporary-store.ts'

export const noon: number = Date.UTC(2026, 2, 28, 12, 0, 0)

export interface Rig {
  time: FakeTime
  store: TemporaryStore
  log: string[]
  outbox: Outbox
  /** What is stored of a category: [label, milliseconds after noon, value]. */
  stored(category: string): [string, number, number][]
  error(category: string): string | undefined
  end(): Promise<void>
}

/** Rounds of these gathers begin to run, a second apart, at noon. */
export function rig(
  gathers: Readonly<Record<string, Gather>>,
  store: TemporaryStore = temporaryStore(),
): Rig {
  const time = new FakeTime(noon)
  const log: string[] = []
  const common = { clock: time, log: (line: string) => void log.push(line) }
  const machine = fixtureMachine('desktop')
  const stepMs = 1000
  const runners = Object.entries(gathers).map(
    ([name, gather]) => new Runner({ name, gather, stepMs, clock: time, read: ({ read }) => read(machine) }),
  )
  const outbox = new Outbox({ store, project: 'here', ...common })
  const host = new Host({
    runners,
    outbox,
    failures: new Failures({ outbox, known: new Map(), ...common }),
    usedTimes: usedTimesOf(store, 'here', new Set(Object.keys(gathers))),
    machine,
    sleep: time.sleep,
    stepMs,
  })
  const stop = new AbortController()
  const running = (async () => {
    for await (const grid of ticks({ clock: time, sleep: time.sleep, stepMs, signal: stop.signal })) {
      await host.round(grid)
    }
  })()
  return {
    time,
    store,
    log,
    outbox,
    stored: (category) => storedIn(store, category).map(([label, at, value]) => [label, at - noon, value]),
    error: (category) => store.catalogue('here').find(({ name }) => name === category)?.error?.message,
    async end() {
      stop.abort()
      await running
    },
  }
}
