// One redraw a frame for everything on the screen. Whatever moves the view is applied first; then graphs are drawn
// within a budget of time: the touched one first, those that waited longest next, the rest in the following frame.

export type FrameJob = () => void

export interface FramesOptions {
  /** Calls back before the next frame is painted. */
  request?: (callback: () => void) => void
  /** Milliseconds by a clock that never steps. */
  clock?: () => number
  /** Begin no further drawing after this long (ms) in a frame; two are always begun. */
  budgetMs?: number
}

export class Frames {
  readonly #request: (callback: () => void) => void
  readonly #clock: () => number
  readonly #budgetMs: number
  #moves = new Set<FrameJob>()
  readonly #draws = new Set<FrameJob>()
  #first: FrameJob | null = null
  #asked = false

  constructor({ request, clock, budgetMs = 5 }: FramesOptions = {}) {
    this.#request = request ?? ((callback) => requestAnimationFrame(callback))
    this.#clock = clock ?? (() => performance.now())
    this.#budgetMs = budgetMs
  }

  /** Runs `job` once in the next frame, before anything is drawn; asking again meanwhile changes nothing. */
  move(job: FrameJob): void {
    this.#moves.add(job)
    this.#ask()
  }

  /** Runs `job` once in the next frame that has time for it; asking again meanwhile changes nothing. */
  draw(job: FrameJob): void {
    this.#draws.add(job)
    this.#ask()
  }

  /** Draws `job` before all others whenever it is asked for: the graph under the finger. */
  prefer(job: FrameJob): void {
    this.#first = job
  }

  /** Forgets a job that is asked for. */
  cancel(job: FrameJob): void {
    this.#moves.delete(job)
    this.#draws.delete(job)
    if (this.#first === job) this.#first = null
  }

  #ask(): void {
    if (this.#asked) return
    this.#asked = true
    this.#request(() => this.#run())
  }

  #run(): void {
    this.#asked = false
    const start = this.#clock()
    const moves = this.#moves
    this.#moves = new Set()
    for (const job of moves) job()
    let begun = 0
    for (const job of this.#inOrder()) {
      if (begun >= 2 && this.#clock() - start >= this.#budgetMs) break
      this.#draws.delete(job)
      job()
      begun++
    }
    if (this.#draws.size > 0 || this.#moves.size > 0) this.#ask()
  }

  #inOrder(): FrameJob[] {
    const jobs = [...this.#draws]
    const first = this.#first
    return first && this.#draws.has(first) ? [first, ...jobs.filter((job) => job !== first)] : jobs
  }
}

/** The page's own. */
export const frames = new Frames()
