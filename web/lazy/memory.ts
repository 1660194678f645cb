// Lets the app open with what was seen last, and keeps what is seen for the next time: the screen of the project every
// half a minute and whenever the page is left, graphs as they come.

import type { Session } from '../data/session.ts'
import type { AppState, State } from '../state.ts'
import { fetchSession } from './access-api.ts'
import { deviceDatabase } from './device-database.ts'
import { onAwake } from './on-awake.ts'
import { outbox } from './outbox.ts'
import { Seen } from './seen.ts'

export interface MemoryOptions {
  state: State
  session: Session
  /** The project's key or name that is wanted; '' when none. */
  wanted: string
}

/** A server that answers within this long (ms) needs no copy: nothing old flashes up. */
const graceMs = 300
const keepScreenEveryMs = 30_000
/** Graphs are large: while they are looked at they are written seldom, and always when the page is left. */
const keepGraphsEveryMs = 300_000
const firstKeepMs = 2000

/** Begins to remember. Where the browser keeps nothing, the app works as if it were opened for the first time. */
export async function startMemory({ state, session, wanted }: MemoryOptions): Promise<void> {
  onAwake(() => session.revive())
  const seen = await Seen.open(await deviceDatabase())
  sendWaiting(state)
  session.buckets.past = seen
  const keepNow = (): void => {
    const now = state.get()
    if (!isWorthKeeping(now)) return
    session.buckets.keepAll()
    seen.flush()
    keepScreen()
  }
  const keepScreen = (): void => {
    const now = state.get()
    if (isWorthKeeping(now)) void seen.keepScreen(screenOf(now, session))
  }
  addEventListener('pagehide', keepNow)
  document.addEventListener('visibilitychange', () => document.hidden && keepNow())
  setInterval(() => document.hidden || keepScreen(), keepScreenEveryMs)
  setInterval(() => document.hidden || keepNow(), keepGraphsEveryMs)
  state.subscribe((now, before) => {
    if (now.access === 'unpaired' && before.access !== 'unpaired') void seen.clear()
    if (now.database !== null && now.database !== before.database) void claim(seen, now.database)
    if (now.categories !== null && before.categories === null) setTimeout(keepNow, firstKeepMs)
  })
  const { database, access, categories } = state.get()
  if (access === 'unpaired') return seen.clear()
  if (database !== null) void claim(seen, database)
  if (categories !== null) setTimeout(keepNow, firstKeepMs)
  else void showCopyUnlessAnswered({ state, session, seen, wanted })
}

/** Another machine's data, or what this device saw when it was let in as another one, goes. */
async function claim(seen: Seen, database: string): Promise<void> {
  try {
    const { device, role, project } = await fetchSession()
    await seen.belongsTo(JSON.stringify([database, device?.id ?? null, role, project]))
  } catch {
    // Nobody answers: what is there stays until somebody does.
  }
}

/** Points that were added without a network are sent when the server is there again. */
function sendWaiting(state: State): void {
  const send = async (): Promise<void> => {
    const waiting = await outbox()
    await waiting.flush(({ fields }, why) => {
      state.set({ problem: `A point of ${fields.category} that waited to be sent was refused: ${why}` })
    })
  }
  state.subscribe((now, before) => {
    if (now.link === 'live' && before.link !== 'live') void send()
  })
  if (state.get().link === 'live') void send()
}

async function showCopyUnlessAnswered({
  state,
  session,
  seen,
  wanted,
}: MemoryOptions & { seen: Seen }): Promise<void> {
  const screen = await seen.screen(wanted)
  if (!screen) return
  const leftMs = state.get().problem ? 0 : graceMs - performance.now()
  if (leftMs > 0 && navigator.onLine) await new Promise((resolve) => setTimeout(resolve, leftMs))
  session.showCopy(screen)
}

const isWorthKeeping = ({ categories, project, copy, updated, access }: AppState): boolean =>
  access === 'open' && categories !== null && project !== null && !copy && updated !== null

function screenOf(
  { project, projects, categories, storage, updated }: AppState,
  session: Session,
): Parameters<Seen['keepScreen']>[0] {
  if (!project) throw new Error('no project is on the screen')
  const values = (categories ?? []).flatMap(({ name, series }) =>
    series.flatMap(({ id, label }) => {
      const newest = session.newest.get(id)
      return newest ? [{ category: name, id, label, ...newest }] : []
    }),
  )
  const seenAt = updated ?? Date.now()
  return { key: project.key, project, projects, categories: categories ?? [], storage, values, seenAt }
}
