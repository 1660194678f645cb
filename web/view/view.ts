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

export const defaultLimits: ViewLimits = { shortest: 10_000, longest: 10 * 365 * 86_400_000 }

/** A live window that is placed stays live when its right edge is this near to the present (share of the window). */
const liveEdge = 0.01

/** A clock that goes back by less (ms) is waited for. */
const smallStep = 2000

export class View {
  #state: ViewState
  /** The present by the server's clock; set by `follow`. */
  #now: number
  /** Right-most moment of any window: the present, or what it was when the window was first held. */
  #edge: number
  #oldest: number | null = null
  #holds = 0
  #locked = false
  readonly #limits: ViewLimits
  readonly #listeners = new Set<ViewListener>()

  constructor(initial: ViewState, now: number, limits: ViewLimits = defaultLimits) {
    this.#state = initial
    this.#now = now
    this.#edge = now
    this.#limits = limits
  }

  get state(): ViewState {
    return this.#state
  }

  get now(): number {
    return this.#now
  }

  /** The present, or, while the window is held, what it was when it was first held: no window is to end later. */
  get edge(): number {
    return this.#edge
  }

  get limits(): ViewLimits {
    return this.#limits
  }

  /** Time of the oldest point there is (ms), or null while unknown; `Home` goes there. */
  get oldest(): number | null {
    return this.#oldest
  }

  set oldest(time: number | null) {
    this.#oldest = time
  }

  /** The cursor stays where it is, whatever finger or mouse does, until it is unlocked or taken away. */
  get locked(): boolean {
    return this.#locked
  }

  /** A finger or a pressed button is on a graph: the window moves with it alone, not with the present. */
  get held(): boolean {
    return this.#holds > 0
  }

  /** Calls `listener` after every change, when the cursor is locked or unlocked, and when the last hold ends; returns the way to stop. */
  subscribe(listener: ViewListener): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Shows [from, to): clamped to the limits and to the present; touching the present makes it live. */
  show(from: number, to: number): void {
    const span = this.#allowed(to - from)
    const middle = (from + to) / 2
    this.#end(span === to - from ? to : middle + span / 2, span)
  }

  /** Moves the window to begin at `from`, also beyond the present: for an edge that gives way under a finger. */
  showFreely(from: number): void {
    const start = Math.round(from)
    const to = start + this.#state.to - this.#state.from
    this.#set({ from: start, to, live: to > this.#edge - 1 })
  }

  /**
   * Shows a window of about `span` ms in which `time` stands at `share` (0: left edge, 1: right edge).
   * A live window stays live when the present would stand within a hundredth of its right edge.
   */
  place(time: number, share: number, span: number): void {
    const length = this.#allowed(span)
    const end = time + (1 - share) * length
    const near = this.#state.live && end > this.#edge - length * liveEdge
    this.#end(near ? Math.max(end, this.#edge) : end, length)
  }

  /** Multiplies the window's length, keeping `time` where it is on the screen; moves by `shift` ms as well. */
  zoom(factor: number, time: number, shift = 0): void {
    const { from, to } = this.#state
    const span = this.#allowed((to - from) * factor)
    this.place(time + shift, (time - from) / (to - from), span)
  }

  /** Moves the window by `ms` (negative: into the past). */
  pan(ms: number): void {
    this.show(this.#state.from + ms, this.#state.to + ms)
  }

  /** Shows the last `span` ms up to the present, live, without a cursor. */
  goLive(span = this.#state.to - this.#state.from): void {
    const length = this.#allowed(span)
    this.#set({ from: Math.round(this.#now - length), to: Math.round(this.#now), live: true, cursor: null })
  }

  /** Puts the cursor at a moment inside the window, or takes it away. */
  setCursor(time: number | null): void {
    const { from, to } = this.#state
    this.#set({ cursor: time === null ? null : Math.round(Math.min(Math.max(time, from), to)) })
  }

  /** Puts the cursor at a moment and keeps it there. */
  lock(time: number): void {
    this.setCursor(time)
    this.#setLocked(true)
  }

  unlock(): void {
    this.#setLocked(false)
  }

  /**
   * Tells the present; a live window that nobody holds moves with it, any other stays.
   * A cursor that the moving window leaves behind is gone: rows never show a moment that nobody sees.
   * Clocks that are set back a little are waited for, so that the live edge never jumps back.
   */
  follow(now: number): void {
    if (now < this.#now && now > this.#now - smallStep) return
    this.#now = now
    if (this.held) return
    this.#edge = now
    if (!this.#state.live) return
    const { from, to, cursor } = this.#state
    const start = Math.round(now - (to - from))
    const left = cursor !== null && cursor >= from && cursor < start
    this.#set({ from: start, to: Math.round(now), cursor: left ? null : cursor })
  }

  /** Holds the window until the returned function is called; holds may overlap. */
  hold(): () => void {
    this.#holds++
    let held = true
    return () => {
      if (!held) return
      held = false
      this.#holds--
      if (this.#holds > 0) return
      this.follow(this.#now)
      for (const listener of this.#listeners) listener(this.#state, this.#state)
    }
  }

  #allowed(span: number): number {
    return Math.min(Math.max(span, this.#limits.shortest), this.#limits.longest)
  }

  #end(wanted: number, span: number): void {
    const end = Math.min(wanted, this.#edge)
    // A millisecond of grace: anchors are fractions, windows are whole.
    this.#set({ from: Math.round(end - span), to: Math.round(end), live: wanted > this.#edge - 1 })
  }

  #set(change: Partial<ViewState>): void {
    const before = this.#state
    const next = { ...before, ...change }
    if (same(before, next)) return
    this.#state = next
    if (next.cursor === null) this.#locked = false
    for (const listener of this.#listeners) listener(next, before)
  }

  #setLocked(locked: boolean): void {
    if (locked === this.#locked) return
    this.#locked = locked
    for (const listener of this.#listeners) listener(this.#state, this.#state)
  }
}

const same = (a: ViewState, b: ViewState): boolean =>
  a.from === b.from && a.to === b.to && a.live === b.live && a.cursor === b.cursor
