// A made-up machine for the gestures: eight categories of eight series, each series restless enough that every bucket
// has a band, over half a day.

import { undeclared } from '../../common/declaration.ts'
import { closeAtRest, openOurs, project } from '../support/ours.ts'

export const hoursOfHistory = 8
const everySeconds = 5
const seriesEach = 8

/** Units, and the values between which series move. */
const kinds = [
  { name: 'processors', unit: '%', low: 0, high: 100 },
  { name: 'memory', unit: 'byte', low: 2e9, high: 15e9 },
  { name: 'network', unit: 'byte/s', low: 0, high: 14e6 },
  { name: 'temperatures', unit: '°C', low: 38, high: 81 },
  { name: 'disks', unit: 'byte/s', low: 0, high: 220e6 },
  { name: 'latency', unit: 'ms', low: 1, high: 90 },
  { name: 'requests', unit: '1/s', low: 0, high: 900 },
  { name: 'queues', unit: '', low: 0, high: 64 },
] as const

/** Repeatable noise from 0 to 1 for an integer. */
function noise(n: number): number {
  let x = Math.imul(n ^ (n >>> 16), 0x45d9f3b)
  x = Math.imul(x ^ (x >>> 16), 0x45d9f3b)
  return ((x ^ (x >>> 16)) >>> 0) / 2 ** 32
}

/** Share (0 to 1) at which a series stands: slow waves, noise, and now and then a spike. */
function shareAt(seed: number, seconds: number): number {
  const slow = 0.25 + 0.2 * Math.sin(seconds / (400 + seed * 37) + seed)
  const spike = noise(seed * 7919 + Math.floor(seconds / 60)) > 0.97 ? 0.45 : 0
  return Math.min(1, Math.max(0, slow + spike + 0.18 * noise(seed * 104_729 + seconds)))
}

export const categories: readonly string[] = kinds.map(({ name }) => name)

/** Fills `folder`/data.db with the last hours up to `end` (ms). */
export function fillMachine(folder: string, end: number): void {
  const store = openOurs(folder, everySeconds)
  for (const { name, unit } of kinds) store.declare(project, name, { ...undeclared, everySeconds, unit })
  const rounds = (hoursOfHistory * 3600) / everySeconds
  for (let round = 0; round < rounds; round++) {
    const time = end - (rounds - round) * everySeconds * 1000
    store.append(pointsAt(time))
  }
  closeAtRest(store, folder)
}

/** A round of all series at `time` (ms). */
export function pointsAt(time: number) {
  return kinds.flatMap(({ name: category, low, high }, kind) =>
    Array.from({ length: seriesEach }, (_, index) => ({
      project,
      category,
      label: `${'abcdefgh'[index]} ${kind + 1}`,
      time,
      value:
        low +
        (high - low) * shareAt(kind * seriesEach + index + 1, Math.round(time / 1000)) * (1 - index / 12),
    })),
  )
}
