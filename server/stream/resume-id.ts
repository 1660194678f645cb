// The id of every event says how far its connection had come, so that the next one can go on there. It stays valid
// for a short while only: after that, loading everything anew is cheaper than catching up.

import type { Clock } from '../../common/clock.ts'

export interface StreamPosition {
  /** Position in the store. */
  position: number
  /** Newest time of a point that the connection was sent or could have loaded (ms). */
  newest: number
  /** When the event was sent (ms). */
  sentAt: number
  /** The catalogue that the connection knows: see catalogue-signature.ts. */
  signature: string
}

/** Longest absence that is caught up with. */
const patienceMs = 120_000

export const writeResumeId = (
  databaseId: string,
  { position, newest, sentAt, signature }: StreamPosition,
): string => [databaseId, position, newest, sentAt, signature].join('.')

/** Where a connection with this id stopped; null when it cannot go on there: malformed, too old, another database. */
export function readResumeId(
  id: string | undefined,
  databaseId: string,
  { now, end }: { now: ReturnType<Clock['now']>; end: number },
): StreamPosition | null {
  const [database, position, newest, sentAt, signature] = id?.split('.') ?? []
  if (database !== databaseId || signature === undefined) return null
  const read = { position: Number(position), newest: Number(newest), sentAt: Number(sentAt), signature }
  const numbers = [read.position, read.newest, read.sentAt]
  if (!numbers.every(Number.isSafeInteger)) return null
  const away = now - read.sentAt
  return read.position <= end && Math.abs(away) <= patienceMs ? read : null
}
