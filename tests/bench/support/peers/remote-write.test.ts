import { describe, expect, test } from 'vitest'
import { remoteWrite, snappyLiterals } from '../../../../bench/support/peers/remote-write.ts'

/** Undoes a Snappy block that has literals with two length bytes only. */
function unsnapped(block: Uint8Array): Uint8Array {
  let at = 0
  let length = 0
  for (let shift = 0, byte = 128; byte >= 128; shift += 7) {
    byte = block[at++] ?? 0
    length += (byte & 127) * 2 ** shift
  }
  const parts: Uint8Array[] = []
  while (at < block.length) {
    expect(block[at]).toBe(61 << 2)
    const size = (block[at + 1] ?? 0) + (block[at + 2] ?? 0) * 256 + 1
    parts.push(block.subarray(at + 3, at + 3 + size))
    at += 3 + size
  }
  const whole = Buffer.concat(parts)
  expect(whole).toHaveLength(length)
  return whole
}

describe('snappyLiterals()', () => {
  test.each([0, 1, 127, 65_536, 65_537, 200_000])('snappyLiterals() keeps %i bytes as they are', (size) => {
    const bytes = Uint8Array.from({ length: size }, (_, i) => (i * 31) & 255)
    expect(Buffer.from(unsnapped(snappyLiterals(bytes))).equals(Buffer.from(bytes))).toBe(true)
  })
})

describe('remoteWrite()', () => {
  test('remoteWrite() writes names, value and time as the protocol has them', () => {
    const block = {
      series: [{ category: 'disk I/O', label: 'sda' }],
      times: [1_700_000_000_000],
      values: Float64Array.of(1.5),
    }
    const name = '0a14' + '0a085f5f6e616d655f5f' + '12086469736b5f495f4f'
    const label = '0a0c' + '0a056c6162656c' + '1203736461'
    const sample = '1210' + '09000000000000f83f' + '1080d095ffbc31'
    const message = Buffer.from(unsnapped(remoteWrite(block))).toString('hex')
    expect(message).toBe(`0a36${name}${label}${sample}`)
  })
})
