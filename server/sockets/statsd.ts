// StatsD's port: clients throw their counts at it by UDP, and every interval the sums become points.

import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import type { Settings } from '../../common/settings.ts'
import { Naming } from '../formats/naming.ts'
import { portProblem } from '../port-problem.ts'
import { RefusalLog } from './refusal-log.ts'
import { SocketDoor, type SocketParts } from './socket-door.ts'
import { StatsdMetrics } from './statsd-metrics.ts'
import type { Listener } from './tcp.ts'

/** Listens as [Statsd] says. Rejects with what the system says where it cannot; `close` flushes once more. */
export async function listenStatsd(
  parts: SocketParts,
  { Statsd, Formats }: Pick<Settings, 'Statsd' | 'Formats'>,
): Promise<Listener> {
  const { clock } = parts
  const naming = new Naming({ category: Formats.GraphiteCategory, label: Formats.GraphiteLabel })
  const door = new SocketDoor(parts, Statsd.Project)
  const log = new RefusalLog('statsd', parts)
  const metrics = new StatsdMetrics()
  const socket = createSocket({ type: Statsd.Host.includes(':') ? 'udp6' : 'udp4' })
  socket.on('message', (packet, { address }) => {
    for (const line of packet.toString('utf8').split('\n')) {
      const wrong = line.trim() === '' ? undefined : metrics.add(line, clock.now())
      if (wrong) log.refused(address, wrong)
    }
  })
  socket.bind(Statsd.Port, Statsd.Host)
  try {
    await once(socket, 'listening')
  } catch (error) {
    throw portProblem(
      { section: 'Statsd', setting: 'Port', host: Statsd.Host, port: Statsd.Port },
      error as Error,
    )
  }
  // A port that has trouble later goes on listening.
  socket.on('error', (error) => log.refused('the system', error.message))

  let isClosed = false
  let flushedAt = clock.monotonic()
  const flush = async (): Promise<void> => {
    const seconds = Math.max(0.001, (clock.monotonic() - flushedAt) / 1000)
    flushedAt = clock.monotonic()
    const time = clock.now()
    const points = metrics.flush(time, seconds).map(({ foreign, value }) => ({
      ...{ category: naming.category(foreign), label: naming.label(foreign) },
      ...{ time, value },
    }))
    await door.store(
      points,
      (reason) => log.refused('a client', reason),
      () => isClosed,
    )
  }
  const timer = setInterval(() => void flush(), Statsd.Interval * 1000)
  return {
    port: socket.address().port,
    close: async () => {
      clearInterval(timer)
      socket.close()
      const last = flush()
      // What the disk does not take now is lost with the process.
      await Promise.race([last, new Promise((resolve) => setTimeout(resolve, 2000).unref())])
      isClosed = true
    },
  }
}
