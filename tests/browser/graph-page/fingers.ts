// Real fingers for Chromium: touch events that go through its whole input pipeline (touch-action, scrolling,
// pointercancel), unlike events made by script.

import { setTimeout as pause } from 'node:timers/promises'
import type { CDPSession, Page } from 'playwright-core'

export interface Spot {
  x: number
  y: number
}

/** A finger that has not moved for longer than 60 ms lets a window stand. */
const restMs = 70

export class Fingers {
  readonly #page: Page
  readonly #session: CDPSession
  readonly #down = new Map<number, Spot>()

  private constructor(page: Page, session: CDPSession) {
    this.#page = page
    this.#session = session
  }

  static async on(page: Page): Promise<Fingers> {
    return new Fingers(page, await page.context().newCDPSession(page))
  }

  async down(id: number, spot: Spot): Promise<void> {
    this.#down.set(id, spot)
    await this.#dispatch('touchStart')
  }

  /** Moves fingers to where they are given, in `steps` even steps, a frame for each. */
  async move(to: Readonly<Record<number, Spot>>, steps = 6): Promise<void> {
    const from = new Map(this.#down)
    for (let step = 1; step <= steps; step++) {
      for (const [key, { x, y }] of Object.entries(to)) {
        const start = from.get(Number(key))
        if (!start) throw new Error(`finger ${key} is not down`)
        const share = step / steps
        this.#down.set(Number(key), {
          x: start.x + (x - start.x) * share,
          y: start.y + (y - start.y) * share,
        })
      }
      await this.#dispatch('touchMove')
    }
  }

  /** Lifts a finger that has come to rest, so that nothing runs on. */
  async up(id: number): Promise<void> {
    await this.#page.waitForTimeout(restMs)
    await this.lift(id)
  }

  /** Lifts a finger at once. */
  async lift(id: number): Promise<void> {
    const spot = this.#down.get(id)
    if (!spot) throw new Error(`finger ${id} is not down`)
    this.#down.delete(id)
    // Chromium takes the points of an end for those that are lifted.
    await this.#dispatch('touchEnd', new Map([[id, spot]]))
  }

  /** The system takes all fingers away. */
  async cancel(): Promise<void> {
    this.#down.clear()
    await this.#dispatch('touchCancel')
  }

  async tap(spot: Spot): Promise<void> {
    await this.down(1, spot)
    await this.lift(1)
  }

  /** Two taps, as fast as a busy machine allows. */
  async doubleTap(spot: Spot): Promise<void> {
    const send = (type: 'touchStart' | 'touchEnd') =>
      this.#session.send('Input.dispatchTouchEvent', { type, touchPoints: [{ id: 1, ...spot }] })
    await Promise.all([send('touchStart'), send('touchEnd'), send('touchStart'), send('touchEnd')])
    await nextFrame(this.#page)
  }

  /** One finger from a spot to another and up. */
  async swipe(from: Spot, to: Spot, steps = 6): Promise<void> {
    await this.down(1, from)
    await this.move({ 1: to }, steps)
    await this.up(1)
  }

  /** One finger from a spot to another in `steps` events, and up while it still moves. */
  async fling(from: Spot, to: Spot, steps = 8): Promise<void> {
    const send = (type: 'touchStart' | 'touchMove' | 'touchEnd', share: number) => {
      const [x, y] = [from.x + (to.x - from.x) * share, from.y + (to.y - from.y) * share]
      return this.#session.send('Input.dispatchTouchEvent', { type, touchPoints: [{ id: 1, x, y }] })
    }
    const sent = [send('touchStart', 0)]
    for (let step = 1; step <= steps; step++) {
      await pause(10)
      sent.push(send('touchMove', step / steps))
    }
    sent.push(send('touchEnd', 1))
    await Promise.all(sent)
  }

  async #dispatch(
    type: 'touchStart' | 'touchMove' | 'touchEnd' | 'touchCancel',
    points: ReadonlyMap<number, Spot> = this.#down,
  ): Promise<void> {
    const touchPoints = [...points].map(([id, { x, y }]) => ({ id, x, y }))
    await this.#session.send('Input.dispatchTouchEvent', { type, touchPoints })
    await nextFrame(this.#page)
  }
}

/** Two frames: what was recorded before the first is on the screen after the second. */
export async function nextFrame(page: Page): Promise<void> {
  await page.evaluate(
    () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve(null)))),
  )
}
