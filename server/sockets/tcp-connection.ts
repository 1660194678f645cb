// One sender on the TCP port. While its points are being stored nothing more is read from it: a sender that is faster than
// the disk waits in its own network, not in our memory.

import type { Socket } from 'node:net'
import { Problem } from '../../common/problem.ts'
import { LineSplitter } from './line-splitter.ts'
import type { LinePoint, LineReader } from './read-line.ts'
import type { SocketDoor } from './socket-door.ts'

export interface ConnectionParts {
  reader: LineReader
  door: SocketDoor
  now: () => number
  refused: (machine: string, reason: string) => void
}

/** A line that was begun has to be finished in this time. */
const unfinishedMs = 60_000

/** Answers that nobody reads are no longer sent. */
const mostUnread = 4096

/** Points are stored together, at most so many. */
const pointsAtOnce = 2048

/** Reads the socket to its end. */
export function serveConnection(socket: Socket, { reader, door, now, refused }: ConnectionParts): void {
  const machine = addressOf(socket)
  const splitter = new LineSplitter()

  const refuse = (reason: string): void => {
    refused(machine, reason)
    if (socket.writable && socket.writableLength < mostUnread) socket.write(`error: ${reason}\n`)
  }

  const take = async (lines: readonly Buffer[]): Promise<void> => {
    let points: LinePoint[] = []
    for (const line of lines) {
      points.push(...readOr(refuse, () => reader.read(line, { machine, now: now() })))
      if (points.length < pointsAtOnce) continue
      await door.store(points, refuse, () => socket.destroyed)
      points = []
    }
    if (points.length > 0) await door.store(points, refuse, () => socket.destroyed)
  }

  socket.on('data', (chunk: Buffer) => {
    const lines = splitter.push(chunk)
    if (lines === null) {
      refuse('a line is too long, or too many are unfinished')
      socket.destroy()
      return
    }
    socket.setTimeout(splitter.waiting > 0 ? unfinishedMs : 0)
    if (lines.length === 0) return
    socket.pause()
    take(lines).then(
      () => socket.resume(),
      (error: unknown) => socket.destroy(error instanceof Error ? error : undefined),
    )
  })
  socket.on('end', () => {
    take([splitter.end()]).then(
      () => socket.end(),
      () => socket.destroy(),
    )
  })
  socket.on('timeout', () => socket.destroy())
  // A connection that breaks takes only its unfinished line with it.
  socket.on('error', () => {})
  socket.on('close', () => splitter.end())
}

function readOr(refuse: (reason: string) => void, read: () => LinePoint[]): LinePoint[] {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    refuse(error.message)
    return []
  }
}

/** An IPv4 address in the clothes of IPv6 is itself. */
const addressOf = (socket: Socket): string => (socket.remoteAddress ?? 'unknown').replace(/^::ffff:/i, '')
