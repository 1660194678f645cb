// How the values of a machine move: each kind is a small process in time with the resolution that its source has,
// because what a codec can save lies in exactly that.

import { roughlyNormal } from './random.ts'

/** The next value, `everySeconds` after the one before. */
export type Signal = () => number

export interface SignalSource {
  draw: () => number
  everySeconds: number
}

const pageBytes = 4096
const sectorBytes = 512

/** What is left of a deviation after one step when it fades with a time constant of `seconds`. */
const keptAfter = (everySeconds: number, seconds: number): number => Math.exp(-everySeconds / seconds)

/** A share in percent with one decimal: noise around a slow level, and now and then a burst. */
export function percent({ draw, everySeconds }: SignalSource, level: number): Signal {
  const slowKept = keptAfter(everySeconds, 600)
  const burstKept = keptAfter(everySeconds, 8)
  let slow = 0
  let burst = 0
  return () => {
    slow = slow * slowKept + roughlyNormal(draw) * Math.sqrt(1 - slowKept ** 2) * level * 0.4
    burst *= burstKept
    if (draw() < everySeconds / 400) burst = 60 * draw()
    const value = level + slow + burst + roughlyNormal(draw) * level * 0.25
    return Math.round(Math.min(100, Math.max(0, value)) * 10) / 10
  }
}

/** A load average with two decimals over `minutes`, as the kernel keeps it: it changes every five seconds. */
export function loadAverage({ draw, everySeconds }: SignalSource, minutes: number): Signal {
  const stepSeconds = 5
  const kept = keptAfter(stepSeconds, minutes * 60)
  let average = 1
  let due = 0
  return () => {
    for (due += everySeconds; due >= stepSeconds; due -= stepSeconds) {
      const running = Math.max(0, Math.round(1 + roughlyNormal(draw)))
      average = average * kept + running * (1 - kept)
    }
    return Math.round(average * 100) / 100
  }
}

/** Bytes in whole pages that wander around `pages`; between two movements they stay. */
export function wanderingPages({ draw, everySeconds }: SignalSource, pages: number, step: number): Signal {
  const moves = Math.min(1, 0.5 * everySeconds)
  const kept = keptAfter(everySeconds, 7200)
  let away = 0
  return () => {
    if (draw() < moves) away = Math.round(away * kept + roughlyNormal(draw) * step * Math.sqrt(everySeconds))
    return Math.max(0, pages + away) * pageBytes
  }
}

/** Bytes in whole pages that only grow, a little at a time, about once in `everyFew` seconds. */
export function growingPages({ draw, everySeconds }: SignalSource, pages: number, everyFew: number): Signal {
  let used = pages
  return () => {
    if (draw() < everySeconds / everyFew) used += 1 + Math.floor(draw() * 64)
    return used * pageBytes
  }
}

/** Bytes per second of a disk in whole sectors: mostly nothing, then a burst. */
export function diskRate({ draw, everySeconds }: SignalSource, busyShare: number): Signal {
  const busy = 1 - (1 - busyShare) ** everySeconds
  return () => {
    if (draw() >= busy) return 0
    const blocks = Math.ceil(Math.exp(1.5 + 1.5 * roughlyNormal(draw)))
    return Math.round((blocks * 8 * sectorBytes) / everySeconds)
  }
}

/** Bytes per second of a network interface: chatter, and traffic that comes in bursts of some seconds. */
export function networkRate({ draw, everySeconds }: SignalSource, chatter: number): Signal {
  const goesOn = keptAfter(everySeconds, 15)
  let traffic = 0
  return () => {
    if (draw() > goesOn) traffic = draw() < 0.15 ? Math.exp(9 + 2 * roughlyNormal(draw)) : 0
    const noise = chatter * (1 + 0.3 * roughlyNormal(draw))
    return Math.round(Math.max(0, noise) + traffic * (0.7 + 0.6 * draw()))
  }
}

/** Degrees Celsius in halves, slowly moving around `level`. */
export function temperature({ draw, everySeconds }: SignalSource, level: number): Signal {
  const kept = keptAfter(everySeconds, 120)
  let away = 0
  return () => {
    away = away * kept + roughlyNormal(draw) * Math.sqrt(1 - kept ** 2) * 3
    return Math.round((level + away) * 2) / 2
  }
}

/** A whole number that hardly ever changes. */
export function nearConstant({ draw, everySeconds }: SignalSource, level: number, everyFew: number): Signal {
  let value = level
  return () => {
    if (draw() < everySeconds / everyFew) value = Math.max(0, level + Math.round(roughlyNormal(draw) * 2))
    return value
  }
}
