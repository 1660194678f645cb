// The points of one project as they come in, while somebody waits for the first: the live stream says when to look, and
// what is newer than before has arrived.

import type { Values } from '../../common/wire.ts'
import { ApiError, request } from '../data/api.ts'
import { Live } from '../data/live.ts'

export type Arrival = Values['values'][number]

const nothing = (): void => {}

export class Arrivals {
  readonly #project: string
  readonly #told: (arrival: Arrival, isNew: boolean) => void
  readonly #live: Live
  #known: Map<number, number> | null = null
  #isAsking = false
  #isStale = false

  /** `told` is called with the newest point that there is, and with each that arrives then. */
  constructor(project: string, told: (arrival: Arrival, isNew: boolean) => void) {
    this.#project = project
    this.#told = told
    const look = (): void => void this.#look()
    this.#live = new Live({
      ...{ hello: look, points: look, catalogue: look, late: look },
      ...{ lost: nothing, gated: nothing, refused: nothing, gone: nothing },
    })
    document.addEventListener('visibilitychange', this.#breathe)
    this.#breathe()
  }

  /** Nobody waits any more. */
  stop(): void {
    document.removeEventListener('visibilitychange', this.#breathe)
    this.#live.stop()
  }

  /** Nothing is asked while the page is hidden. */
  readonly #breathe = (): void => {
    if (document.hidden) this.#live.stop()
    else this.#live.start(this.#project)
  }

  async #look(): Promise<void> {
    this.#isStale = true
    if (this.#isAsking) return
    this.#isAsking = true
    try {
      while (this.#isStale) {
        this.#isStale = false
        this.#take(await latest(this.#project))
      }
    } catch (error) {
      // The stream opens again when the server is back, and says so.
      if (!(error instanceof ApiError)) throw error
    } finally {
      this.#isAsking = false
    }
  }

  #take(values: readonly Arrival[]): void {
    const known = this.#known
    const fresh = values.filter(({ id, time }) => known?.get(id) !== time)
    this.#known = new Map(values.map(({ id, time }) => [id, time]))
    const newest = fresh.sort((a, b) => b.time - a.time)[0]
    if (newest) this.#told(newest, known !== null)
  }
}

/** Of the project alone. */
async function latest(project: string): Promise<readonly Arrival[]> {
  const answer = await request(`/latest?${new URLSearchParams({ project })}`, {})
  return ((await answer.json()) as Values).values
}
