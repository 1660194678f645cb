// The ports beside HTTP, as far as the settings open them.

import type { Settings } from '../../common/settings.ts'
import type { SocketParts } from './socket-door.ts'
import { listenStatsd } from './statsd.ts'
import { type Listener, listenTcp } from './tcp.ts'

/** Opens them all or none; `open` says which, for people. Rejects with a Problem `unavailable`. */
export async function listenSockets(
  parts: SocketParts,
  settings: Pick<Settings, 'Tcp' | 'Statsd' | 'Formats'>,
): Promise<{ open: string[]; close(): Promise<void> }> {
  const listeners: Listener[] = []
  const close = async (): Promise<void> => {
    await Promise.all(listeners.map((listener) => listener.close()))
  }
  const open: string[] = []
  try {
    if (settings.Tcp.Port !== 0) {
      const listener = await listenTcp(parts, settings)
      listeners.push(listener)
      open.push(`lines by TCP on port ${listener.port}`)
    }
    if (settings.Statsd.Port !== 0) {
      const listener = await listenStatsd(parts, settings)
      listeners.push(listener)
      open.push(`StatsD by UDP on port ${listener.port}`)
    }
  } catch (error) {
    await close()
    throw error
  }
  return { open, close }
}
