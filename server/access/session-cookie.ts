// A paired device shows a random token in a cookie that scripts cannot read and foreign pages cannot use.

import type { Context } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import { hostHeader } from './caller.ts'

const yearSeconds = 365 * 86_400

/** Cookies know no ports: the name does, so that two servers on one machine do not sign each other's phones out. */
const nameFor = (c: Context): string => {
  const port = /:(\d+)$/.exec(hostHeader(c))?.[1]
  return port ? `pocketstats_${port}` : 'pocketstats'
}

export const readSession = (c: Context): string | undefined => getCookie(c, nameFor(c))

/** Keeps the device signed in for a year from now. */
export function writeSession(c: Context, token: string): void {
  setCookie(c, nameFor(c), token, {
    path: '/',
    httpOnly: true,
    sameSite: 'Lax',
    secure: isSecure(c),
    maxAge: yearSeconds,
  })
}

const isSecure = (c: Context): boolean =>
  new URL(c.req.url).protocol === 'https:' || c.req.header('X-Forwarded-Proto') === 'https'
