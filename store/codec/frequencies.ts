// Frequencies of tokens as small as they can be told: each to half a power of two, which costs a column some three
// bytes more in its numbers and saves a hundred in the table.

import type { BitReader, BitWriter } from './bits.ts'
import { unzigzag, zigzag } from './bytes.ts'
import { alphabet, firstFrequent } from './contexts.ts'

/** Frequencies of one context sum up to 2^12. */
export const scaleBits = 12
const scale = 1 << scaleBits

const highestLevel = 2 * scaleBits + 1
/** Where the first level is told from. */
const firstLevel = 13

/** Weights by level 1 to 25: 16 times 2^((level - 1) / 2). */
const weightOf = Uint32Array.from({ length: highestLevel + 1 }, (_, level) =>
  level === 0 ? 0 : Math.round(16 * 2 ** ((level - 1) / 2)),
)

/** Level of a share of all: 0 for none, 25 for all. */
function levelOf(count: number, total: number): number {
  if (count === 0) return 0
  return Math.max(1, Math.round(2 * Math.log2((count * scale) / total)) + 1)
}

/**
 * Writes the table of `counts` (by token, of one context) and returns the frequencies that a reader gets.
 * `frequent` of the tokens from `firstFrequent` on are in use.
 */
export function writeFrequencies(bits: BitWriter, counts: Uint32Array, frequent: number): Uint16Array {
  const total = counts.reduce((sum, count) => sum + count, 0)
  const levels = new Uint8Array(alphabet)
  let size = firstFrequent
  while (size > 0 && (counts[size - 1] ?? 0) === 0) size--
  bits.write(total === 0 ? 0 : 1, 1)
  if (total === 0) return new Uint16Array(alphabet)
  bits.write(size, 7)
  let last = firstLevel
  for (const token of tokensIn(size, frequent)) {
    const level = levelOf(counts[token] ?? 0, total)
    levels[token] = level
    bits.write(level === 0 ? 0 : 1, 1)
    if (level === 0) continue
    const change = zigzag(level - last)
    bits.write(change & 1, 1)
    bits.unary(change >> 1)
    last = level
  }
  return normalized(levels)
}

/** Reads what `writeFrequencies` wrote. */
export function readFrequencies(bits: BitReader, frequent: number): Uint16Array {
  const levels = new Uint8Array(alphabet)
  if (bits.read(1) === 0) return new Uint16Array(alphabet)
  const size = bits.read(7)
  let last = firstLevel
  for (const token of tokensIn(size, frequent)) {
    if (bits.read(1) === 0) continue
    const low = bits.read(1)
    last += unzigzag(bits.unary() * 2 + low)
    if (last < 1 || last > highestLevel) throw new RangeError('impossible frequencies')
    levels[token] = last
  }
  return normalized(levels)
}

/** Tokens below `size`, then the frequent numbers. */
function tokensIn(size: number, frequent: number): Uint8Array {
  return Uint8Array.from({ length: size + frequent }, (_, i) => (i < size ? i : firstFrequent + i - size))
}

/** What a table costs, in bits, give or take: for choosing between contexts. */
export const tableBits = (size: number, present: number): number => 8 + size + 3.5 * present

/** Whole frequencies of at least 1 that sum up to the scale; all zero for a context that never occurs. */
function normalized(levels: Uint8Array): Uint16Array {
  const frequencies = new Uint16Array(levels.length)
  let total = 0
  for (const level of levels) total += weightOf[level] ?? 0
  if (total === 0) return frequencies
  let sum = 0
  let largest = 0
  for (let token = 0; token < levels.length; token++) {
    const level = levels[token] ?? 0
    if (level === 0) continue
    const share = Math.max(1, Math.floor(((weightOf[level] ?? 0) * scale) / total))
    frequencies[token] = share
    sum += share
    if (share > (frequencies[largest] ?? 0)) largest = token
  }
  frequencies[largest] = (frequencies[largest] ?? 0) + scale - sum
  return frequencies
}
