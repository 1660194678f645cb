// One round a frame for everything on the screen: first what moves the view is applied, then what follows it is placed,
// then what is costly is drawn within a budget of time: the touched graph first, those that waited longest next, the
// rest in the following frames.

export type FrameJob = () => void

/** A number that it returns is the ms of work that it leaves for the frame's end: a canvas paints after it was asked. */
export type DrawJob = () => unknown

export interface FramesOptions {
  /** Calls back before the next frame is painted. */
  request?: (callback: () => void) => void
  /** Milliseconds by a clock that never steps. */
  clock?: () => number
  /** Begin no further drawing after this long (ms) in a frame; one is always begun. */
  budgetMs?: number
}

export class Frames {
  readonly #request: (callback: () => void) => void
  readonly #clock: () => number
  readonly #budgetMs: number
  #moves = new Set<FrameJob>()
  #places = new Set<FrameJob>()
  /** In the order of asking: whoever waits longest comes next. */
  readonly #draws = new Set<DrawJob>()
  #first: DrawJob | null = null
  #asked = false

  constructor({ request, clock, budgetMs = 5 }: FramesOptions = {}) {
    this.#request = request ?? ((callback) => requestAnimationFrame(callback))
    this.#clock = clock ?? (() => performance.now())
    this.#budgetMs = budgetMs
  }

  /** Runs `job` once in the next frame, before all else; asking again meanwhile changes nothing. */
  move(job: FrameJob): void {
    this.#moves.add(job)
    this.#ask()
  }

  /** Runs `job` once in the next frame, after the moves; for what is cheap and must keep in step. */
  place(job: FrameJob): void {
    this.#places.add(job)
    this.#ask()
  }

  /** Runs `job` once in the next frame that has time for it; asking again meanwhile changes nothing. */
  draw(job: DrawJob): void {
    this.#draws.add(job)
    this.#ask()
  }

  /** Draws `job` before all others whenever it is asked for: the graph under the finger. */
  prefer(job: DrawJob): void {
    this.#first = job
  }

  /** Forgets a job that is asked for. */
  cancel(job: FrameJob | DrawJob): void {
    this.#moves.delete(job)
    this.#places.delete(job)
    this.#draws.delete(job)
    if (this.#first === job) this.#first = null
  }

  #ask(): void {
    if (this.#asked) return
    this.#asked = true
    this.#request(() => this.#run())
  }

  #run(): void {
    const start = this.#clock()
    const moves = this.#moves
    this.#moves = new Set()
    for (const job of moves) job()
    const places = this.#places
    this.#places = new Set()
    for (const job of places) job()
    this.#drawWithin(start)
    // Jobs that were asked for by jobs before their turn are done already; only now is another frame needed.
    this.#asked = false
    if (this.#draws.size + this.#places.size + this.#moves.size > 0) this.#ask()
  }

  #drawWithin(start: number): void {
    let left = 0
    for (const [begun, job] of this.#inOrder().entries()) {
      if (begun > 0 && this.#clock() - start + left >= this.#budgetMs) return
      this.#draws.delete(job)
      const later = job()
      if (typeof later === 'number') left += later
    }
  }

  #inOrder(): DrawJob[] {
    const jobs = [...this.#draws]
    const first = this.#first
    return first && this.#draws.has(first) ? [first, ...jobs.filter((job) => job !== first)] : jobs
  }
}

/** The page's own. */
export const frames = new Frames()
