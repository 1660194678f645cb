// Reads a gather the way that this system allows: from /proc and /sys, or, on macOS and Windows, by its fallback.

import type { Answer, Gather } from './gather.ts'
import type { OptionValue } from './gather-options.ts'
import type { Machine } from './machine.ts'
import { Session } from './session.ts'

/** Takes one reading of a gather. Throws and rejects what the gather does. */
export type GatherReader = (gather: Gather) => Answer

export interface GatherReaderOptions {
  hasProc?: boolean | undefined
  /** What people set for a gather; as by default, if left out. */
  optionsOf?: ((gather: Gather) => Readonly<Record<string, OptionValue>>) | undefined
}

/** The reader, and what closes all that its gathers opened. */
export async function gatherReader(
  machine: Machine,
  { hasProc = process.platform === 'linux', optionsOf }: GatherReaderOptions,
): Promise<GatherReader & { close: () => Promise<void> }> {
  const systemInformation = hasProc ? undefined : (await import('systeminformation')).default
  const sessions = new Map<Gather, Session>()

  function sessionOf(gather: Gather): Session {
    const known = sessions.get(gather)
    if (known) return known
    const session = new Session({ gather, machine, options: optionsOf?.(gather), systemInformation })
    sessions.set(gather, session)
    return session
  }

  const close = async (): Promise<void> => {
    await Promise.allSettled([...sessions.values()].map((session) => session.close()))
  }
  return Object.assign((gather: Gather) => sessionOf(gather).read(), { close })
}
