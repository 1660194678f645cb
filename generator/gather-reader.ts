// Reads a gather the way that this system allows: from /proc and /sys, or, on macOS and Windows, by its fallback.

import type { Answer, Gather } from './gather.ts'
import type { Machine } from './machine.ts'

/** Takes one reading of a gather. Throws and rejects what the gather does. */
export type GatherReader = (gather: Gather) => Answer

export async function gatherReader(
  machine: Machine,
  { hasProc = process.platform === 'linux' }: { hasProc?: boolean | undefined },
): Promise<GatherReader> {
  if (hasProc) return (gather) => gather.read(machine)
  const { default: si } = await import('systeminformation')
  return (gather) => gather.fallback?.(si, machine) ?? null
}
