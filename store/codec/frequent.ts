// Numbers that come back again and again (66 bytes, 132 bytes, 4,096 bytes) get tokens of their own, as far as
// that saves more than naming them costs.

import { firstFrequent, mostFrequent } from './contexts.ts'
import { extraBits, tokenOf } from './tokens.ts'

const slots = 1024
const slotMask = slots - 1
/** Distinct numbers that are counted; a column with more of them rarely repeats any. */
const mostDistinct = 512
/** Bits that naming a number and giving it a frequency cost. */
const namingBits = 24

const keys = new Float64Array(slots)
const counts = new Uint32Array(slots)
/** The slots in use, in order of their use: a short column empties and looks through few. */
const usedSlots = new Uint16Array(mostDistinct)
let used = 0

/** The slot of a number: its own, or the empty one (count 0) where it would be. */
function slotOf(value: number): number {
  let slot = Math.imul((value % 0x1_0000_0000) | 0, 0x9e37_79b1) >>> 22
  while (counts[slot] !== 0 && keys[slot] !== value) slot = (slot + 1) & slotMask
  return slot
}

function emptySlots(): void {
  for (let i = 0; i < used; i++) counts[usedSlots[i] as number] = 0
  used = 0
}

function take(slot: number, value: number): void {
  usedSlots[used++] = slot
  keys[slot] = value
}

function countValues(values: Float64Array): void {
  emptySlots()
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number
    const slot = slotOf(value)
    if (counts[slot] === 0) {
      if (used === mostDistinct) continue
      take(slot, value)
    }
    counts[slot] = (counts[slot] as number) + 1
  }
}

/** Numbers of `values` worth a token of their own, given how often each token occurs; ascending. */
export function frequentNumbers(values: Float64Array, tokenCounts: Uint32Array): Float64Array {
  if (!repeats(tokenCounts)) return new Float64Array(0)
  countValues(values)
  const found: { value: number; saved: number }[] = []
  for (let i = 0; i < used; i++) {
    const slot = usedSlots[i] as number
    const count = counts[slot] as number
    if (count < 4) continue
    const value = keys[slot] as number
    const token = tokenOf(value)
    const plain = extraBits(token)
    const saved = count * (plain - Math.log2((tokenCounts[token] ?? 0) / count)) - namingBits
    if (plain > 0 && saved > 0) found.push({ value, saved })
  }
  found.sort((a, b) => b.saved - a.saved)
  return Float64Array.from(found.slice(0, mostFrequent), ({ value }) => value).sort()
}

/** False where no number with plain bits can occur often. */
function repeats(tokenCounts: Uint32Array): boolean {
  for (let token = 16; token < tokenCounts.length; token++) if ((tokenCounts[token] ?? 0) >= 4) return true
  return false
}

/** Replaces the tokens of frequent numbers by their own. */
export function useFrequent(values: Float64Array, frequent: Float64Array, tokens: Uint8Array): void {
  emptySlots()
  for (const [index, value] of frequent.entries()) {
    const slot = slotOf(value)
    take(slot, value)
    counts[slot] = index + 1
  }
  for (let i = 0; i < values.length; i++) {
    const index = counts[slotOf(values[i] as number)] as number
    if (index > 0) tokens[i] = firstFrequent + index - 1
  }
}
