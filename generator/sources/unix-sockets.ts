// Daemons listen on sockets in the file system, each distribution in another folder: the kernel lists them all
// (/proc/net/unix, unix(7)), so that a daemon is found where it is and nobody is asked where none is.

import type { Machine } from '../machine.ts'

/** Path of the first listening socket whose path ends so; undefined where there is none. */
export function listeningSocket(machine: Pick<Machine, 'proc'>, ending: string): string | undefined {
  const table = machine.proc('net/unix') ?? ''
  for (let found = table.indexOf(ending); found >= 0; found = table.indexOf(ending, found + 1)) {
    const end = found + ending.length
    const isWhole = end === table.length || table[end] === '\n'
    const line = table.slice(table.lastIndexOf('\n', found) + 1, end)
    // Flags 00010000: it accepts connections. A path may have blanks in it.
    const path = /^\S+ \S+ \S+ 00010000 \S+ \S+ +\d+ (\/.*)$/.exec(line)?.[1]
    if (isWhole && path !== undefined) return path
  }
  return undefined
}
