// Hands out the built app. Files under /assets carry their hash in their name and may be kept for ever; all others
// are asked for again each time, so that an update is seen at once.

import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { serveStatic } from '@hono/node-server/serve-static'
import { Hono, type MiddlewareHandler } from 'hono'
import { etag } from 'hono/etag'
import { answerNothing } from './answers/problem-answer.ts'

const forever = 'public, max-age=31536000, immutable'

export interface AssetsOptions {
  /** Folder of the built app. */
  folder: string
  /** False: whoever asks for the worker gets one that takes leave. */
  serviceWorker: boolean
}

/** GET and HEAD of the files in `folder`; pages that are no file get index.html, all else 404. */
export function assets({ folder, serviceWorker }: AssetsOptions): Hono {
  const indexFile = join(folder, 'index.html')
  const rewriteRequestPath = (path: string): string =>
    path === '/sw.js' && !serviceWorker ? '/sw-off.js' : path
  const isHashed = (path: string): boolean => path.startsWith('/assets/')
  const files = once(() => serveStatic({ root: folder, precompressed: true, rewriteRequestPath }))
  const page = once(() => serveStatic({ path: indexFile, precompressed: true }))
  const tag = etag()
  return new Hono()
    .onError((error) => {
      throw error
    })
    .notFound((c) => answerNothing(c))
    .get('*', async (c, next) => {
      if (!existsSync(indexFile)) return c.text(notBuilt, 503)
      await next()
      if (c.res.status < 400) c.res.headers.set('Cache-Control', isHashed(c.req.path) ? forever : 'no-cache')
      return undefined
    })
    .get('*', (c, next) => (isHashed(c.req.path) ? next() : tag(c, next)))
    .get('*', (c, next) => files()(c, next))
    .get('*', (c, next) => {
      const wantsPage = !isHashed(c.req.path) && c.req.header('Accept')?.includes('text/html')
      return wantsPage ? page()(c, next) : next()
    })
}

const notBuilt = 'The app has not been built yet. Run: npm run build\n'

/** Made at the first request: before the app was built there is no folder to serve. */
function once(make: () => MiddlewareHandler): () => MiddlewareHandler {
  let made: MiddlewareHandler | undefined
  return () => {
    made ??= make()
    return made
  }
}
