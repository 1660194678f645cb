// What came before tells how large the next number will be: a context machine walks over the tokens, and each of
// its states has frequencies of its own. One state for noise, the size of the last number for bursts, the length
// of the last run of zeros for values that change every so many rounds.

import { tokenCount } from './tokens.ts'

export interface ContextMachine {
  readonly states: number
  /** Next state by `(state << 8) | token`; frequent numbers (tokens from 128 on) included. */
  readonly next: Uint8Array
}

/** Tokens from here on stand for numbers that occur often; below are the tokens of tokens.ts. */
export const firstFrequent = 128

/** No more frequent numbers than this. */
export const mostFrequent = 64

/** All tokens are below this. */
export const alphabet = firstFrequent + mostFrequent

const sizeClass = (token: number): number => {
  if (token >= firstFrequent) return 7
  if (token === 0) return 0
  const upperEnds = [3, 9, 19, 27, 33]
  const found = upperEnds.findIndex((end) => token <= end)
  return found < 0 ? 6 : found + 1
}

function machine(states: number, step: (state: number, token: number) => number): ContextMachine {
  const next = new Uint8Array(states << 8)
  for (let state = 0; state < states; state++) {
    for (let token = 0; token < alphabet; token++) {
      next[(state << 8) | token] = step(state, token)
    }
  }
  return { states, next }
}

/** By the number that a column names its machine with. */
export const contextMachines: readonly ContextMachine[] = [
  machine(1, () => 0),
  machine(8, (_, token) => sizeClass(token)),
  machine(8, (state, token) => (token === 0 ? Math.min(state + 1, 7) : 0)),
]

if (tokenCount >= firstFrequent) throw new RangeError('tokens overlap the frequent numbers')
