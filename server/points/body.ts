// The bytes of a request's body, unpacked where the client packed them. What would unpack to more than is allowed is
// given up on the way.

import { promisify } from 'node:util'
import { brotliDecompress, gunzip, inflate, zstdDecompress } from 'node:zlib'
import type { Context } from 'hono'
import { Problem } from '../../common/problem.ts'

/** Of a batch, unpacked: some 400,000 lines. */
export const mostBatchBytes = 25 * 1024 * 1024

type Unpack = (packed: Uint8Array, options: { maxOutputLength: number }) => Promise<Buffer>

const unpackers: Readonly<Record<string, Unpack>> = {
  gzip: promisify(gunzip),
  'x-gzip': promisify(gunzip),
  deflate: promisify(inflate),
  br: promisify(brotliDecompress),
  zstd: promisify(zstdDecompress),
}

/** Throws a Problem: `unsupported` for an encoding nobody knows, `too-large`, or `invalid` for what cannot be unpacked. */
export async function bodyBytes(c: Context): Promise<Uint8Array> {
  const bytes = new Uint8Array(await c.req.arrayBuffer())
  const encoding = (c.req.header('Content-Encoding') ?? 'identity').trim().toLowerCase()
  if (encoding === 'identity' || encoding === '' || bytes.length === 0) return bytes
  const unpack = unpackers[encoding]
  if (!unpack) {
    throw new Problem('unsupported', 'the body is packed in a way that is not understood', {
      ...{ field: 'Content-Encoding', given: encoding, expected: Object.keys(unpackers).join(', ') },
    })
  }
  try {
    return await unpack(bytes, { maxOutputLength: mostBatchBytes })
  } catch (error) {
    throw isTooLarge(error) ? tooLarge() : notPacked(encoding)
  }
}

/** The body as text. Throws a Problem `invalid` for what is not UTF-8. */
export function utf8(bytes: ArrayBuffer | Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new Problem('invalid', 'the body is not text in UTF-8', { field: 'body', expected: 'UTF-8' })
  }
}

const isTooLarge = (error: unknown): boolean =>
  error instanceof RangeError && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE'

const tooLarge = (): Problem =>
  new Problem('too-large', 'the body is too big once it is unpacked', {
    field: 'body',
    expected: `at most ${mostBatchBytes} bytes`,
  })

const notPacked = (encoding: string): Problem =>
  new Problem('invalid', `the body cannot be unpacked as ${encoding}`, { field: 'body', expected: encoding })
