// The address carries what is looked at, so that a moment can be shared and reloaded; the root element carries the
// same for tests, scripts and styles. All times are milliseconds since 1970.

import { defaultLimits, type View, type ViewState } from './view.ts'

export interface Address {
  /** Key or name; '' when the address names none. */
  project: string
  from: number | null
  to: number | null
  cursor: number | null
  /** Length of a live window. */
  range: number | null
}

const { shortest, longest } = defaultLimits

/** Browsers refuse more than about a hundred changes in half a minute; this often (ms) is well below. */
const writeEveryMs = 500

/** From ten in the evening to seven in the morning, the latest such night that has begun; in the viewer's zone. */
export function lastNight(now: number): { from: number; to: number } {
  const evening = new Date(now)
  evening.setHours(22, 0, 0, 0)
  if (evening.getTime() > now) evening.setDate(evening.getDate() - 1)
  const morning = new Date(evening)
  morning.setDate(morning.getDate() + 1)
  morning.setHours(7)
  return { from: evening.getTime(), to: Math.min(morning.getTime(), now) }
}

/**
 * Reads `?project=…&from=…&to=…&cursor=…&range=…`; `show=last-night` too. What is no time since 1970, or makes no
 * window that can be shown, is left out.
 */
export function readAddress(search: string, now: number): Address {
  const parameters = new URLSearchParams(search)
  const number = (name: string): number | null => {
    const text = parameters.get(name) ?? ''
    return /^\d{1,15}$/.test(text) ? Number(text) : null
  }
  const night = parameters.get('show') === 'last-night' ? lastNight(now) : null
  const from = night?.from ?? number('from')
  const to = night?.to ?? number('to')
  const range = number('range')
  const isWindow = from !== null && to !== null && from < to && to - from <= longest
  return {
    project: parameters.get('project') ?? '',
    from: isWindow ? from : null,
    to: isWindow ? to : null,
    cursor: number('cursor'),
    range: range !== null && range > 0 && range <= longest ? range : null,
  }
}

/**
 * The window with which the app begins: the address's, else the last `range` ms up to `now`. A cursor that has been
 * left behind by then is what the address is about: the window stands around it instead.
 */
export function initialView({ from, to, cursor, range }: Address, now: number, otherwise: number): ViewState {
  if (from !== null && to !== null) {
    return {
      from,
      to,
      live: false,
      cursor: cursor !== null && cursor >= from && cursor <= to ? cursor : null,
    }
  }
  const span = Math.min(Math.max(range ?? otherwise, shortest), longest)
  if (cursor === null || cursor >= now - span) {
    return { from: now - span, to: now, live: true, cursor: cursor !== null && cursor <= now ? cursor : null }
  }
  const start = Math.round(cursor - span / 2)
  return { from: start, to: start + span, live: false, cursor }
}

/** The search part of the address for a state; a live window has no from and to, but its length. */
export function writeAddress(project: string, { from, to, live, cursor }: ViewState): string {
  const parameters = new URLSearchParams()
  if (project) parameters.set('project', project)
  if (live) parameters.set('range', String(to - from))
  else {
    parameters.set('from', String(from))
    parameters.set('to', String(to))
  }
  if (cursor !== null) parameters.set('cursor', String(cursor))
  return `?${parameters}`
}

/** Keeps the browser's address the same as what is looked at. Returns a function to call when `project` changed. */
export function keepAddress(view: View, project: () => string): () => void {
  let _timer: ReturnType<typeof setTimeout> | undefined
  const write = (): void => {
    _timer = undefined
    const search = writeAddress(project(), view.state)
    if (search !== location.search) history.replaceState(history.state, '', search + location.hash)
  }
  const soon = (): void => {
    _timer ??= setTimeout(write, writeEveryMs)
  }
  view.subscribe(soon)
  addEventListener('pagehide', write)
  return soon
}

/** Writes data-from, data-to, data-cursor ('' for none) and data-live of `root`, which scripts rely on. */
export function writeAttributes(root: HTMLElement, { from, to, cursor, live }: ViewState): void {
  const wanted = {
    from: String(from),
    to: String(to),
    cursor: cursor === null ? '' : String(cursor),
    live: String(live),
  }
  for (const [name, value] of Object.entries(wanted)) {
    if (root.dataset[name] !== value) root.dataset[name] = value
  }
}
