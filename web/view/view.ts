// What the user looks at: one window of time, shared by all graphs, and one cursor. Gestures, keys, drop-down and
// address write it; graphs, rows and the root element's data attributes follow it.

export interface ViewState {
  /** Window [from, to) in milliseconds since 1970. */
  readonly from: number
  readonly to: number
  /** The window's right edge follows the present. */
  readonly live: boolean
  /** The cursor's moment, or null: rows show the newest values. */
  readonly cursor: number | null
}

export interface ViewLimits {
  /** Shortest and longest window, ms. */
  readonly shortest: number
  readonly longest: number
}

export type ViewListener = (state: ViewState, before: ViewState) => void

const defaultLimits: ViewLimits = { shortest: 10_000, longest: 10 * 365 * 86_400_000 }

export class View {
  #state: ViewState
  /** The present by the server's clock; set by `follow`. */
  #now: number
  readonly #limits: ViewLimits
  readonly #listeners = new Set<ViewListener>()

  constructor(initial: ViewState, now: number, limits: ViewLimits = defaultLimits) {
    this.#state = initial
    this.#now = now
    this.#limits = limits
  }

  get state(): ViewState {
    return this.#state
  }

  get now(): number {
    return this.#now
  }

  /** Calls `listener` after every change; returns the way to stop. */
  subscribe(listener: ViewListener): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Shows [from, to): clamped to the limits and to the present; touching the present makes it live. */
  show(from: number, to: number): void {
    const span = Math.min(Math.max(to - from, this.#limits.shortest), this.#limits.longest)
    const middle = (from + to) / 2
    const wantedTo = span === to - from ? to : middle + span / 2
    const end = Math.min(wantedTo, this.#now)
    this.#set({ from: Math.round(end - span), to: Math.round(end), live: wantedTo >= this.#now })
  }

  /** Multiplies the window's length, keeping `time` where it is on the screen; moves by `shift` ms as well. */
  zoom(factor: number, time: number, shift = 0): void {
    const { from, to } = this.#state
    const span = Math.min(Math.max((to - from) * factor, this.#limits.shortest), this.#limits.longest)
    const share = (time - from) / (to - from)
    const start = time - share * span + shift
    this.show(start, start + span)
  }

  /** Moves the window by `ms` (negative: into the past). */
  pan(ms: number): void {
    this.show(this.#state.from + ms, this.#state.to + ms)
  }

  /** Shows the last `span` ms up to the present, live. */
  goLive(span = this.#state.to - this.#state.from): void {
    const length = Math.min(Math.max(span, this.#limits.shortest), this.#limits.longest)
    this.#set({ from: Math.round(this.#now - length), to: Math.round(this.#now), live: true, cursor: null })
  }

  /** Puts the cursor at a moment inside the window, or takes it away. */
  setCursor(time: number | null): void {
    const { from, to } = this.#state
    this.#set({ cursor: time === null ? null : Math.round(Math.min(Math.max(time, from), to)) })
  }

  /** Tells the present; a live window moves with it, any other stays. */
  follow(now: number): void {
    this.#now = now
    if (!this.#state.live) return
    const span = this.#state.to - this.#state.from
    this.#set({ from: Math.round(now - span), to: Math.round(now) })
  }

  #set(change: Partial<ViewState>): void {
    const before = this.#state
    const next = { ...before, ...change }
    if (same(before, next)) return
    this.#state = next
    for (const listener of this.#listeners) listener(next, before)
  }
}

const same = (a: ViewState, b: ViewState): boolean =>
  a.from === b.from && a.to === b.to && a.live === b.live && a.cursor === b.cursor
