// The id of every event says how far its connection had come, so that the next one can go on there. It stays valid
// for a short while only: after that, loading everything anew is cheaper than catching up.

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

const pattern = /^([^.]+)\.(\d{1,15})\.(\d{1,15})\.(\d{1,15})\.([\w-]+)$/
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
  { now, end }: { now: number; end: number },
): StreamPosition | null {
  const [, database, position, newest, sentAt, signature = ''] = pattern.exec(id ?? '') ?? []
  if (database !== databaseId) return null
  const read = { position: Number(position), newest: Number(newest), sentAt: Number(sentAt), signature }
  const isRecent = Math.abs(now - read.sentAt) <= patienceMs
  return isRecent && read.position <= end ? read : null
}
