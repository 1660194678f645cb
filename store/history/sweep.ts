// Typed arrays lie outside V8's heap, and V8 lets tens of megabytes of dead ones gather before it looks. Answers and
// unpacked chunks are such arrays: a glance at the young ones after every few megabytes keeps a process small.

import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

type Collect = (options: { type: 'minor' | 'major'; execution: 'sync' }) => void

/** Bytes made between two looks at the young arrays (a millisecond each), and dropped between two at all (eight). */
const madeBetween = 8 * 1024 * 1024
const droppedBetween = 24 * 1024 * 1024

let collect: Collect | undefined
let made = 0
let dropped = 0

/** Tells that arrays of so many bytes were made that may not live long. */
export function noteMade(bytes: number): void {
  made += bytes
  if (made >= madeBetween) look('minor')
}

/** Tells that arrays of so many bytes were dropped after a longer life. */
export function noteDropped(bytes: number): void {
  dropped += bytes
  if (dropped >= droppedBetween) look('major')
}

function look(type: 'minor' | 'major'): void {
  made = 0
  if (type === 'major') dropped = 0
  collect ??= exposed()
  collect({ type, execution: 'sync' })
}

function exposed(): Collect {
  setFlagsFromString('--expose-gc')
  const gc: unknown = runInNewContext('gc')
  setFlagsFromString('--no-expose-gc')
  return typeof gc === 'function' ? (gc as Collect) : () => {}
}
