// Points that people add in the app are never lost to a dead network: each is written down on the device first, then
// sent, and crossed out when the server has it. A point has its time from the beginning, and one of the same series and
// time replaces itself, so that a second try adds nothing twice.

import { ApiError, request, withBody } from '../data/api.ts'
import { type DeviceDatabase, deviceDatabase, type WaitingPoint } from './device-database.ts'

/** A point as `/add_data_point` takes it. */
export interface PointToAdd {
  /** The secret id of the project. */
  projectid: string
  category: string
  label: string
  value: number
  /** Milliseconds since 1970; the moment of adding when left out. */
  time?: number
  unit?: string
  min?: number
  max?: number
}

/** While something waits and the app is open, it is tried again this often (ms). */
const againMs = 5000

export type Sent = 'sent' | 'waiting'

/** Told when a point that waited is refused: what it was, and why. */
export type OnRefused = (point: WaitingPoint, sentence: string) => void

export class Outbox {
  readonly #database: DeviceDatabase
  #lastTime = 0
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(database: DeviceDatabase) {
    this.#database = database
  }

  /** Resolves with what became of the point. Rejects with an ApiError when the server refuses it. */
  async add(point: PointToAdd): Promise<Sent> {
    // Two points of one moment would replace each other.
    this.#lastTime = Math.max(Date.now(), this.#lastTime + 1)
    const time = point.time ?? this.#lastTime
    const id = `${time} ${Math.random()}`
    await this.#database.put('points', { id, fields: { ...definedOf(point), time } })
    let refusal: string | null = null
    await this.flush((refused, sentence) => {
      if (refused.id === id) refusal = sentence
    })
    if (refusal !== null) throw new ApiError(400, refusal)
    return (await this.#database.get('points', id)) ? 'waiting' : 'sent'
  }

  /** How many points wait. */
  async count(): Promise<number> {
    return this.#database.count('points')
  }

  /** Sends what waits, the oldest first, until something cannot be sent now. */
  async flush(refused: OnRefused = () => {}): Promise<void> {
    await alone(async () => {
      for (const point of await this.#database.getAll('points')) {
        const outcome = await send(point)
        if (outcome === 'later') break
        await this.#database.delete('points', point.id)
        if (outcome !== 'sent') refused(point, outcome.refused)
      }
    })
    const left = await this.count()
    showBadge(left)
    clearTimeout(this.#timer)
    if (left > 0) this.#timer = setTimeout(() => void this.flush(refused), againMs)
  }
}

let opened: Promise<Outbox> | null = null

/** The one of this page. Rejects where the browser keeps nothing. */
export function outbox(): Promise<Outbox> {
  opened ??= deviceDatabase().then((database) => new Outbox(database))
  return opened
}

async function send({ fields }: WaitingPoint): Promise<'sent' | 'later' | { refused: string }> {
  try {
    await request('/add_data_point', withBody('POST', fields), '')
    return 'sent'
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    const { status, gate } = error
    const isTemporary =
      gate || status === 0 || status === 401 || status === 408 || status === 429 || status >= 500
    return isTemporary ? 'later' : { refused: error.message }
  }
}

/** One tab at a time sends; on plain http, where tabs cannot agree, the server's way with equal times helps. */
const alone = (work: () => Promise<void>): Promise<unknown> =>
  navigator.locks ? navigator.locks.request('outbox', work) : work()

/** The app's icon says how many points wait, where icons can. */
function showBadge(count: number): void {
  const shown = count > 0 ? navigator.setAppBadge?.(count) : navigator.clearAppBadge?.()
  shown?.catch(() => {})
}

function definedOf(point: PointToAdd): Record<string, string | number> {
  return Object.fromEntries(Object.entries(point).filter(([, value]) => value !== undefined))
}
