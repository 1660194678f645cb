// A column of whole numbers, as small as its habits allow: guess each from those before it, turn the error into a
// token and a few plain bits, and code the tokens by how often they occur in their context.

import { BitReader, BitWriter } from './bits.ts'
import { type ByteReader, ByteWriter, unzigzag, zigzag } from './bytes.ts'
import { alphabet, contextMachines, firstFrequent } from './contexts.ts'
import { readFrequencies, tableBits, writeFrequencies } from './frequencies.ts'
import { frequentNumbers, useFrequent } from './frequent.ts'
import { predictors } from './predictors.ts'
import { decodeTokens, encodeTokens, walkStates } from './rans.ts'
import { byteRoom, columnRoom } from './room.ts'
import { extraBits, tokenBase, tokenOf } from './tokens.ts'

/** Whole numbers up to this size can be coded. */
export const largestInteger = 2 ** 50

/** Columns up to this length are told as they are: tables would cost more than they save. */
const plainLength = 12

/** First byte of a column that is told as it is. */
const asPlain = 0xff

/** Columns up to this length will be packed again with others: a guess at how is good enough. */
const passingLength = 512
const passingPredictors = [0, 1, 4]

/** Longer columns are judged by three samples of this length. */
const sampleLength = 128

interface Plan {
  predictor: number
  machine: number
  codes: Float64Array
  tokens: Uint8Array
  frequent: Float64Array
  bits: number
}

const extraBitsOf = Uint8Array.from({ length: alphabet }, (_, token) =>
  token < firstFrequent ? extraBits(token) : 0,
)
const basesOf = Float64Array.from({ length: alphabet }, (_, token) =>
  token < firstFrequent ? tokenBase(token) : 0,
)

/** Plans by different predictors are there at the same time. */
const planRooms = predictors.map(() => ({ codes: columnRoom(), tokens: byteRoom() }))
const sampleRoom = columnRoom()
const tokensRoom = byteRoom()
const statesRoom = byteRoom()
const packedBits = new ByteWriter(65_536)

/** Writes whole numbers of at most `largestInteger`; the reader has to know how many. */
export function writeIntegers(bytes: ByteWriter, values: Float64Array): void {
  if (values.length <= plainLength) {
    writePlain(bytes, values)
    return
  }
  const sample = sampleOf(values)
  const candidates = values.length <= passingLength ? passingPredictors : predictors.keys()
  const judged = [...candidates].map((predictor) => plan(sample, predictor))
  const best = judged.reduce((a, b) => (b.bits < a.bits ? b : a))
  write(bytes, sample === values ? best : plan(values, best.predictor))
}

/** Fills `values` with as many numbers that `writeIntegers` wrote. */
export function readIntegers(bytes: ByteReader, values: Float64Array): void {
  const head = bytes.byte()
  if (head === asPlain) {
    readPlain(bytes, values)
    return
  }
  const machine = contextMachines[head >> 4]
  const predictor = predictors[head & 15]
  if (!machine || !predictor) throw new RangeError('unknown coding of a column')
  const frequent = readFrequent(bytes)
  const coded = bytes.bytes(bytes.varint())
  const bits = new BitReader(bytes.rest())
  const frequencies = Array.from({ length: machine.states }, () => readFrequencies(bits, frequent.length))
  const tokens = tokensRoom(values.length)
  decodeTokens(coded, machine, frequencies, tokens)
  readCodes(bits, tokens, frequent, values)
  bytes.bytes(bits.bytesRead)
  predictor.backward(values)
}

/** Each number as its distance from the one before. */
function writePlain(bytes: ByteWriter, values: Float64Array): void {
  bytes.byte(asPlain)
  let before = 0
  for (const value of values) {
    bytes.signed(value - before)
    before = value
  }
}

function readPlain(bytes: ByteReader, values: Float64Array): void {
  let before = 0
  for (let i = 0; i < values.length; i++) {
    before += bytes.signed()
    values[i] = before
  }
}

function sampleOf(values: Float64Array): Float64Array {
  if (values.length <= 4 * sampleLength) return values
  const sample = sampleRoom(3 * sampleLength)
  for (let part = 0; part < 3; part++) {
    const start = Math.floor(((values.length - sampleLength) * part) / 2)
    sample.set(values.subarray(start, start + sampleLength), part * sampleLength)
  }
  return sample
}

/** Codes `values` by a predictor, with the context machine that costs the least. Valid until the next by that predictor. */
function plan(values: Float64Array, predictor: number): Plan {
  const room = planRooms[predictor]
  if (!room) throw new RangeError('unknown predictor')
  const codes = room.codes(values.length)
  predictors[predictor]?.forward(values, codes)
  const tokens = room.tokens(values.length)
  const counts = new Uint32Array(alphabet)
  for (let i = 0; i < codes.length; i++) {
    const code = zigzag(codes[i] as number)
    const token = tokenOf(code)
    codes[i] = code
    tokens[i] = token
    counts[token] = (counts[token] as number) + 1
  }
  const frequent = frequentNumbers(codes, counts)
  if (frequent.length > 0) useFrequent(codes, frequent, tokens)
  const used = usedTokens(counts, frequent.length)
  const machines = values.length <= passingLength ? contextMachines.slice(0, 1) : contextMachines
  const costs = machines.map((_, machine) => contextBits(tokens, machine, used))
  const bits = Math.min(...costs)
  let plain = 16 * frequent.length
  for (let i = 0; i < tokens.length; i++) plain += extraBitsOf[tokens[i] as number] as number
  return { predictor, machine: costs.indexOf(bits), codes, tokens, frequent, bits: bits + plain }
}

/** Tokens that may occur, ascending. */
function usedTokens(counts: Uint32Array, frequent: number): Uint8Array {
  const used: number[] = []
  for (let token = 0; token < firstFrequent; token++) if ((counts[token] as number) > 0) used.push(token)
  for (let i = 0; i < frequent; i++) used.push(firstFrequent + i)
  return Uint8Array.from(used)
}

const countsByState = Array.from({ length: 8 }, () => new Uint32Array(alphabet))

/** Counts tokens by the state they occur in; the arrays are used again by the next call. */
function countTokens(tokens: Uint8Array, machine: number): Uint32Array[] {
  const { states = 1, next = new Uint8Array() } = contextMachines[machine] ?? {}
  const counts = countsByState.slice(0, states)
  for (const ofState of counts) ofState.fill(0)
  let state = 0
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i] as number
    const ofState = counts[state] as Uint32Array
    ofState[token] = (ofState[token] as number) + 1
    state = next[(state << 8) | token] as number
  }
  return counts
}

/** Bits that the tokens and their tables take with a context machine: their entropy, give or take. */
function contextBits(tokens: Uint8Array, machine: number, used: Uint8Array): number {
  let bits = 0
  for (const counts of countTokens(tokens, machine)) {
    let total = 0
    let present = 0
    let size = 0
    for (const token of used) {
      const count = counts[token] as number
      if (count === 0) continue
      total += count
      present++
      if (token < firstFrequent) size = token
      bits -= count * Math.log2(count)
    }
    if (total > 0) bits += total * Math.log2(total) + tableBits(size, present)
  }
  return bits
}

function write(bytes: ByteWriter, { predictor, machine, codes, tokens, frequent }: Plan): void {
  const context = contextMachines[machine]
  if (!context) throw new RangeError('unknown context machine')
  packedBits.cutTo(0)
  const bits = new BitWriter(packedBits)
  const counts = countTokens(tokens, machine)
  const frequencies = counts.map((ofState) => writeFrequencies(bits, ofState, frequent.length))
  writeCodes(bits, codes, tokens)
  const states = statesRoom(tokens.length)
  walkStates(context, tokens, states)
  const coded = encodeTokens(tokens, states, frequencies)
  bytes.byte((machine << 4) | predictor)
  writeFrequent(bytes, frequent)
  bytes.varint(coded.length)
  bytes.bytes(coded)
  bytes.bytes(packedBits.view())
}

function writeFrequent(bytes: ByteWriter, frequent: Float64Array): void {
  bytes.byte(frequent.length)
  let before = 0
  for (const number of frequent) {
    bytes.varint(number - before)
    before = number
  }
}

function readFrequent(bytes: ByteReader): Float64Array {
  const frequent = new Float64Array(bytes.byte())
  let before = 0
  for (let i = 0; i < frequent.length; i++) {
    before += bytes.varint()
    frequent[i] = before
  }
  return frequent
}

function writeCodes(bits: BitWriter, codes: Float64Array, tokens: Uint8Array): void {
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i] as number
    const extra = extraBitsOf[token] as number
    if (extra > 0) bits.write((codes[i] as number) - (basesOf[token] as number), extra)
  }
  bits.flush()
}

/** Fills `errors` with what tokens and plain bits stand for. */
function readCodes(bits: BitReader, tokens: Uint8Array, frequent: Float64Array, errors: Float64Array): void {
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i] as number
    if (token < 16) {
      errors[i] = token & 1 ? -((token + 1) >> 1) : token >> 1
    } else if (token >= firstFrequent) {
      errors[i] = unzigzag(frequent[token - firstFrequent] ?? 0)
    } else {
      errors[i] = unzigzag((basesOf[token] as number) + bits.read(extraBitsOf[token] as number))
    }
  }
}
