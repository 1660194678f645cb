// With Debug = yes: a line per request. Addresses carry ids and codes behind the question mark, so only the path is
// written.

import { createMiddleware } from 'hono/factory'
import type { Services } from '../services.ts'
import { loggedPath } from './logged-path.ts'

/** Logs method, path, status and milliseconds; of a stream when it begins. */
export const requestLog = ({ clock, log }: Pick<Services, 'clock' | 'log'>) =>
  createMiddleware(async (c, next) => {
    const began = clock.monotonic()
    await next()
    const took = (clock.monotonic() - began).toFixed(1)
    log(`server: ${c.req.method} ${loggedPath(c)} ${c.res.status} ${took} ms`)
  })
