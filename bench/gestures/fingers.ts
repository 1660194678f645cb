// Fingers that move as fingers do: a real touch event every sixtieth of a second, whether the page keeps up or not.

import { setTimeout as pause } from 'node:timers/promises'
import type { CDPSession } from 'playwright-core'

export interface Spot {
  x: number
  y: number
}

/** Where all fingers are at a share (0 to 1) of the gesture. */
export type Way = (share: number) => readonly Spot[]

const everyMs = 1000 / 60

/** Puts the fingers down, moves them along their way for `ms`, and lifts them where they rest. */
export async function gesture(session: CDPSession, way: Way, ms: number): Promise<void> {
  const send = (type: 'touchStart' | 'touchMove' | 'touchEnd', share: number) =>
    session.send('Input.dispatchTouchEvent', {
      type,
      touchPoints: way(share).map((spot, id) => ({ ...spot, id })),
    })
  const sent = [send('touchStart', 0)]
  const start = performance.now()
  const steps = Math.round(ms / everyMs)
  for (let step = 1; step <= steps; step++) {
    const wait = start + step * everyMs - performance.now()
    if (wait > 0) await pause(wait)
    sent.push(send('touchMove', step / steps))
  }
  await Promise.all(sent)
  await pause(150)
  await send('touchEnd', 1)
}

export interface Plot {
  left: number
  width: number
  top: number
  height: number
}

/** To and fro `times` times between 0 and 1. */
const swing = (share: number, times: number): number => 0.5 - 0.5 * Math.cos(2 * Math.PI * times * share)

/** The gestures on a plot area: what they are called, and how the fingers go. */
export function gesturesOn({ left, width, top, height }: Plot): Record<'pinch' | 'pan' | 'scrub', Way> {
  const at = (x: number, y: number): Spot => ({ x: left + x * width, y: top + y * height })
  return {
    pinch: (share) => {
      const apart = 0.12 + 0.3 * swing(share, 3)
      return [at(0.5 - apart, 0.7), at(0.5 + apart, 0.72)]
    },
    pan: (share) => [at(0.15 + 0.7 * swing(share, 3), 0.75)],
    scrub: (share) => [at(0.1 + 0.8 * swing(share, 3), 0.25)],
  }
}
