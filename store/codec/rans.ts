// Entropy coding of tokens by range asymmetric numeral systems (J. Duda, arXiv:1311.2540; byte-wise as in
// F. Giesen's rans_byte): as small as arithmetic coding, and a table look-up and a multiplication to decode.

import type { ContextMachine } from './contexts.ts'
import { scaleBits } from './frequencies.ts'
import { byteRoom } from './room.ts'

const scale = 1 << scaleBits
const mask = scale - 1
/** The state stays within [lowest, 256 * lowest). */
const lowest = 1 << 23

/** The state that each token is coded in: what came before decides. */
export function walkStates(machine: ContextMachine, tokens: Uint8Array, states: Uint8Array): void {
  let state = 0
  for (let i = 0; i < tokens.length; i++) {
    states[i] = state
    state = machine.next[(state << 8) | (tokens[i] ?? 0)] ?? 0
  }
}

const codedRoom = byteRoom()

/** Bytes of `tokens`, coded by the frequencies of the state of each; valid until the next call. */
export function encodeTokens(
  tokens: Uint8Array,
  states: Uint8Array,
  frequencies: readonly Uint16Array[],
): Uint8Array {
  const starts = frequencies.map(startsOf)
  const out = codedRoom(tokens.length * 2 + 4)
  let at = out.length
  let x = lowest
  for (let i = tokens.length - 1; i >= 0; i--) {
    const state = states[i] ?? 0
    const token = tokens[i] ?? 0
    const frequency = frequencies[state]?.[token] ?? 0
    const limit = ((lowest >>> scaleBits) << 8) * frequency
    while (x >= limit) {
      out[--at] = x & 255
      x >>>= 8
    }
    const whole = Math.floor(x / frequency)
    x = (whole << scaleBits) + (x - whole * frequency) + (starts[state]?.[token] ?? 0)
  }
  for (let i = 0; i < 4; i++) {
    out[--at] = x & 255
    x >>>= 8
  }
  return out.subarray(at)
}

/** Fills `tokens` from what `encodeTokens` made with the same machine and frequencies. */
export function decodeTokens(
  bytes: Uint8Array,
  machine: ContextMachine,
  frequencies: readonly Uint16Array[],
  tokens: Uint8Array,
): void {
  const { slots, shares, starts } = decodingTables(frequencies)
  const { next } = machine
  let at = 4
  let x = ((bytes[0] ?? 0) << 24) | ((bytes[1] ?? 0) << 16) | ((bytes[2] ?? 0) << 8) | (bytes[3] ?? 0)
  let state = 0
  for (let i = 0; i < tokens.length; i++) {
    const slot = x & mask
    const token = slots[(state << scaleBits) | slot] as number
    const entry = (state << 8) | token
    x = Math.imul(shares[entry] as number, x >>> scaleBits) + slot - (starts[entry] as number)
    while (x < lowest && at < bytes.length) x = (x << 8) | (bytes[at++] as number)
    tokens[i] = token
    state = next[entry] as number
  }
}

const mostStates = 8
const slots = new Uint8Array(mostStates << scaleBits)
const shares = new Uint16Array(mostStates << 8)
const starts = new Uint16Array(mostStates << 8)

/** The token of every slot, and the share and start of every token, by state; the next call takes the same room. */
function decodingTables(frequencies: readonly Uint16Array[]) {
  for (const [state, shareOf] of frequencies.entries()) {
    let start = 0
    for (let token = 0; token < shareOf.length; token++) {
      const share = shareOf[token] as number
      if (share === 0) continue
      shares[(state << 8) | token] = share
      starts[(state << 8) | token] = start
      slots.fill(token, (state << scaleBits) + start, (state << scaleBits) + start + share)
      start += share
    }
  }
  return { slots, shares, starts }
}

function startsOf(frequencies: Uint16Array): Uint16Array {
  const starts = new Uint16Array(frequencies.length)
  let start = 0
  for (let token = 0; token < frequencies.length; token++) {
    starts[token] = start
    start += frequencies[token] ?? 0
  }
  return starts
}
