// Wires the app: view, state, data and screen. Everything that this file imports is needed for the first paint;
// graphs, sheets, pairing and updates are imported when they are wanted.

import type { Project } from '../common/wire.ts'
import { keep, kept } from './data/kept.ts'
import { Session } from './data/session.ts'
import { Screen, type ScreenActions } from './first/screen.ts'
import type { MomentTools } from './lazy/moment-tools.ts'
import type { Pairing } from './lazy/pairing.ts'
import type { Updates } from './lazy/update.ts'
import { createState, initialState } from './state.ts'
import { initialView, keepAddress, readAddress } from './view/address.ts'
import { View } from './view/view.ts'

/** A page that no worker keeps: whoever stands before the server can show a login page there. */
const signInPath = '/sign-in'
if (location.pathname === signInPath) history.replaceState(null, '', `/${location.search}${location.hash}`)

/** The build that this page is of. */
const build = document.querySelector<HTMLMetaElement>('meta[name=build]')?.content

const address = readAddress(location.search, Date.now())
const state = createState({ ...initialState, auto: kept('auto') })
const view = new View(initialView(address, Date.now(), kept('range')), Date.now())
const place = document.body.querySelector('#app') as HTMLElement
const session = new Session({
  state,
  view,
  preferred: address.project || kept('project'),
  pixels: () => plotWidth(),
})
let pairing: Pairing | null = null
let updates: Updates | null = null

const actions: ScreenActions = {
  retry: () => void session.refresh(),
  refresh: () => void session.refresh(),
  takeUpdate: () => updates?.take(),
  signIn: () => location.assign(signInPath + location.search),
  showNews: () => void session.showNews(),
  reload: () => location.reload(),
  setAuto(auto) {
    keep('auto', auto)
    session.setAuto(auto)
  },
  async openHistory() {
    const { openHistorySheet } = await import('./lazy/history-sheet.ts')
    openHistorySheet()
  },
  async openProjects() {
    const { openProjectsSheet } = await import('./lazy/projects-sheet.ts')
    const { projects, project } = state.get()
    const choose = (chosen: Project): void => void session.choose(chosen)
    openProjectsSheet({ projects, present: project?.key, now: () => session.now(), choose })
  },
  async openMenu() {
    const { openMenuSheet } = await import('./lazy/menu-sheet.ts')
    openMenuSheet(screen.theme, actions.openHistory, () => void whatChanged())
  },
  async openCard(category) {
    const { openCardSheet } = await import('./lazy/card-sheet.ts')
    const holding = session.buckets.holding(category.name)
    openCardSheet({
      ...{ category, holding, view, project: state.get().project?.name ?? '' },
      names: screen.names,
      arrangement: () => screen.arrangement,
      arrange: (arrangement) => screen.arrange(arrangement),
    })
  },
  spike(direction) {
    withTools((tools) => tools.spike(direction))
  },
  share() {
    withTools((tools) => tools.share())
  },
  async openMoment() {
    const { openMomentSheet } = await import('./lazy/moment-sheet.ts')
    openMomentSheet({ view, state, session, share: actions.share })
  },
}

async function whatChanged(): Promise<void> {
  try {
    const { orderByChange } = await import('./lazy/order-by-change.ts')
    screen.orderFor(await orderByChange(state.get().project?.key ?? '', screen.names, view.state))
    scrollTo(0, 0)
  } catch {
    state.set({ problem: 'What changed cannot be told just now: the server cannot be asked.' })
  }
}

/** Category whose graph was touched last. */
let touched: string | null = null
let tools: Promise<MomentTools> | null = null

function withTools(use: (tools: MomentTools) => unknown): void {
  tools ??= import('./lazy/moment-tools.ts').then(({ MomentTools }) => {
    return new MomentTools({
      ...{ view, state, session },
      touched: () => touched,
      say: (words) => screen.say(words),
    })
  })
  tools.then(use, (error) => {
    tools = null
    partMissing(error)
  })
}

/** Keys on a graph beyond those that move cursor and window. */
function momentKey(event: KeyboardEvent): void {
  const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey
  if (!isPlain || !(event.target instanceof Element) || !event.target.matches('.graph-plot')) return
  const act = { p: () => actions.spike(-1), n: () => actions.spike(1), Enter: lockAndOpen }[event.key]
  if (!act) return
  event.preventDefault()
  act()
}

/** A phone that was turned on its side shows the graph that was touched last; on the way back the same card is there. */
function turned(): void {
  if (touched === null) return
  const card = document.querySelector(`section[data-category="${CSS.escape(touched)}"]`)
  requestAnimationFrame(() => card?.scrollIntoView({ block: 'start' }))
}

function lockAndOpen(): void {
  view.lock(view.state.cursor ?? view.state.to)
  actions.openMoment()
}

const screen = new Screen({
  place,
  state,
  view,
  session,
  actions,
  pairing: () => pairing?.template() ?? null,
})

/** Where no category wants a graph, the rows read buckets all the same. */
function plotWidth(): number | null {
  const card = document.querySelector('.plot') ?? document.querySelector('[data-category]')
  return card?.clientWidth ?? null
}

/** False when there was a code in the address that let nobody in. */
async function loadPairing(): Promise<boolean> {
  const { createPairing } = await import('./lazy/pairing.ts')
  pairing ??= createPairing({ changed: () => screen.drawSoon(), paired: () => void session.start() })
  screen.drawSoon()
  return pairing.byAddress()
}

/** Safari's home-screen app shares no cookies with it: it is given a code to come in by. */
async function loadHandOver(): Promise<void> {
  if ('standalone' in navigator) (await import('./lazy/hand-over.ts')).offerHandOver()
}

/** What plain http lacks is told, and the way to have it. */
async function loadOffer(): Promise<void> {
  if (!isSecureContext) await (await import('./lazy/install-offer.ts')).offerInstall()
}

/** The files of this build are gone (a newer one is there), or the network is. */
function partMissing(error: unknown): void {
  reportError(error)
  state.set({ partMissing: true })
}

async function loadGraphs(): Promise<void> {
  const { Graphs } = await import('./lazy/graphs.ts')
  screen.setGraphs(
    new Graphs({
      view,
      touched: (category) => {
        touched = category
      },
      rested: actions.openMoment,
    }),
  )
}

/** The server serves another build than this page is of. */
const isOther = (version: string | null): boolean => version !== null && version !== build

async function loadUpdates(): Promise<void> {
  const { watchForUpdates } = await import('./lazy/update.ts')
  updates = watchForUpdates({
    ready: () => state.set({ updateReady: true }),
    stuck: (stuck) => state.set({ stuck }),
  })
  if (isOther(state.get().serverVersion)) updates.differ()
}

async function loadMemory(): Promise<void> {
  const { startMemory } = await import('./lazy/memory.ts')
  await startMemory({ state, session, wanted: address.project || kept('project') })
}

const addressChanged = keepAddress(view, () => state.get().project?.key ?? address.project)
state.subscribe((now, before) => {
  if (now.project && now.project.key !== before.project?.key) {
    keep('project', now.project.key)
    addressChanged()
  }
  if (now.access === 'unpaired' && before.access !== 'unpaired') void loadPairing()
  if (now.serverVersion !== before.serverVersion && isOther(now.serverVersion)) updates?.differ()
})
document.addEventListener('visibilitychange', () => {
  const { from, to, live } = view.state
  if (document.hidden && live) keep('range', to - from)
})

addEventListener('keydown', momentKey)
matchMedia('(orientation: landscape) and (max-height: 500px)').addEventListener('change', turned)

// A scanned code stands behind `#`, so that no server and no log sees it.
if (location.hash.startsWith('#pair=') && !(await loadPairing())) state.set({ access: 'unpaired' })
if (state.get().access !== 'unpaired') void session.start()
loadGraphs().catch(partMissing)
loadHandOver().catch(partMissing)
loadUpdates().catch(partMissing)
loadOffer().catch(() => {})
// Where the browser keeps nothing there is nothing to remember. At the first visit there is not either.
const memory = loadMemory().catch(() => {})
if (kept('project'))
  session.buckets.waitFor(Promise.race([memory, new Promise((stop) => setTimeout(stop, 1500))]))
