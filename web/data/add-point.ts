// What the app's own form asks for when somebody adds a point: the part that does it is loaded then.

import type { PointToAdd } from '../lazy/outbox.ts'

/**
 * Adds a point of one's own; where the server cannot be reached it is kept on the device and sent later, once.
 * Resolves with what became of it; rejects with an ApiError when the server refuses it.
 */
export async function addPoint(point: PointToAdd): Promise<'sent' | 'waiting'> {
  const { outbox } = await import('../lazy/outbox.ts')
  return (await outbox()).add(point)
}
