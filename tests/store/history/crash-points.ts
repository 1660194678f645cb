// What the program that is killed writes, and what therefore has to be there afterwards.

import type { Point } from '../../../common/point.ts'

export const start = Date.UTC(2026, 0, 1)
/** Ten seconds: levels fill while the test runs. */
export const everyMs = 10_000
const lateBy = 700

/** The round whose point of label c comes with this one; negative for none. */
export const lateRound = (round: number): number => (round % 2 === 1 ? round - lateBy : -1)

export const wantedValue = (label: string, round: number): number =>
  ((round * 7 + label.charCodeAt(0)) % 1009) / 10

export const crashPoint = (label: string, round: number): Point => ({
  project: 'm',
  category: 'kept',
  label,
  time: start + round * everyMs,
  value: wantedValue(label, round),
})

/** Rounds of a label that must be there after `acknowledged` rounds, and those that may be. */
export function wantedRounds(label: string, acknowledged: number): { must: number[]; may: number } {
  if (label !== 'c') return { must: Array.from({ length: acknowledged }, (_, n) => n), may: acknowledged }
  const late = Array.from({ length: acknowledged }, (_, n) => lateRound(n)).filter((round) => round >= 0)
  return { must: late, may: lateRound(acknowledged) }
}
