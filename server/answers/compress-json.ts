// Answers with many numbers shrink to a third by gzip; small ones would only cost time.

import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { createMiddleware } from 'hono/factory'
import { parseAccept } from 'hono/utils/accept'

const compress = promisify(gzip)
const leastBytes = 1400 // one packet

/** Compresses JSON bodies over one packet for those who accept gzip; leaves everything else, streams above all, alone. */
export const compressJson = createMiddleware(async (c, next) => {
  await next()
  const { headers, status } = c.res
  if (!headers.get('Content-Type')?.startsWith('application/json') || headers.has('Content-Encoding')) return
  headers.append('Vary', 'Accept-Encoding')
  if (c.req.method === 'HEAD' || !acceptsGzip(c.req.header('Accept-Encoding'))) return
  const body = new Uint8Array(await c.res.arrayBuffer())
  const packed = body.length > leastBytes ? await compress(body, { level: 3 }) : undefined
  c.res = new Response(packed ? new Uint8Array(packed) : body, { status, headers })
  if (packed) c.res.headers.set('Content-Encoding', 'gzip')
})

const acceptsGzip = (header: string | undefined): boolean =>
  header !== undefined && parseAccept(header).some(({ type, q }) => /^(x-)?gzip$/i.test(type) && q > 0)
