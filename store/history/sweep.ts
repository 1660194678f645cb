// Typed arrays lie outside V8's heap, and V8 lets tens of megabytes of dead ones gather before it looks. Answers and
// unpacked chunks are such arrays: a glance at the young ones after every few megabytes keeps a process small.

import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

type Collect = (options: { type: 'minor' | 'major'; execution: 'sync' }) => void

/** Bytes made between two looks at the young arrays (a millisecond each). */
const madeBetween = 2 * 1024 * 1024
/** Bytes dropped between two looks at all (eight milliseconds each); of those made some grow old unseen. */
const droppedBetween = 24 * 1024 * 1024
const oldShare = 0.25

let collect: Collect | undefined
let made = 0
let dropped = 0

/** Tells that arrays of so many bytes were made that may not live long. */
export function noteMade(bytes: number): void {
  made += bytes
}

/** Tells that arrays of so many bytes were dropped after a longer life. */
export function noteDropped(bytes: number): void {
  dropped += bytes
}

/**
 * Frees dead arrays where enough of them were made or dropped. For moments between two pieces of work: what is alive
 * when it is looked at counts as old from the second look on, and is not looked at again for long.
 */
export function sweep(): void {
  if (dropped >= droppedBetween) look('major')
  else sweepYoung()
}

/** Milliseconds without a question after which nobody minds a longer look. */
const restMs = 200
let rest: NodeJS.Timeout | undefined

/** The same for who answers: at all it is looked at when nobody has asked for a moment, unless nobody ever rests. */
export function sweepBetweenAnswers(): void {
  rest?.refresh()
  if (dropped < droppedBetween || dropped >= 2 * droppedBetween) sweep()
  else rest ??= setTimeout(sweep, restMs).unref()
}

/** The same for the young arrays only: for work that has all the time in the world, but not eight milliseconds at once. */
export function sweepYoung(): void {
  if (made >= madeBetween) look('minor')
}

function look(type: 'minor' | 'major'): void {
  dropped = type === 'major' ? 0 : dropped + made * oldShare
  made = 0
  collect ??= exposed()
  collect({ type, execution: 'sync' })
}

function exposed(): Collect {
  setFlagsFromString('--expose-gc')
  const gc: unknown = runInNewContext('gc')
  setFlagsFromString('--no-expose-gc')
  return typeof gc === 'function' ? (gc as Collect) : () => {}
}
