// Answers with many numbers shrink by gzip: JSON to a quarter, packed buckets to two thirds. Small ones would only cost
// time, and so would all on the way to this machine itself.

import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { createMiddleware } from 'hono/factory'
import { parseAccept } from 'hono/utils/accept'
import { binaryType } from '../../common/buckets-binary.ts'
import { isThisMachine } from '../access/caller.ts'
import type { Services } from '../services.ts'

const compress = promisify(gzip)
const leastBytes = 1400 // one packet

/**
 * Compresses JSON and packed buckets over one packet for those elsewhere who accept gzip; leaves everything else,
 * streams above all, alone.
 */
export const compressAnswers = (services: Pick<Services, 'remoteAddress'>) =>
  createMiddleware(async (c, next) => {
    await next()
    const { headers, status } = c.res
    if (isThisMachine(c, services) || !isCompressible(headers)) return
    headers.append('Vary', 'Accept-Encoding')
    if (c.req.method === 'HEAD' || !acceptsGzip(c.req.header('Accept-Encoding'))) return
    const body = new Uint8Array(await c.res.arrayBuffer())
    const packed = body.length > leastBytes ? await compress(body, { level: 3 }) : undefined
    c.res = new Response(packed ? new Uint8Array(packed) : body, { status, headers })
    if (packed) c.res.headers.set('Content-Encoding', 'gzip')
  })

function isCompressible(headers: Headers): boolean {
  const type = headers.get('Content-Type') ?? ''
  return (type.startsWith('application/json') || type === binaryType) && !headers.has('Content-Encoding')
}

const acceptsGzip = (header: string | undefined): boolean =>
  header !== undefined && parseAccept(header).some(({ type, q }) => /^(x-)?gzip$/i.test(type) && q > 0)
