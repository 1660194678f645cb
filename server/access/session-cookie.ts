// A paired device shows a random token in a cookie that scripts cannot read and foreign pages cannot use.

import type { Context } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import type { Services } from '../services.ts'
import { hostHeader, isSecure } from './caller.ts'

/** Browsers keep a cookie no longer. */
const longestSeconds = 400 * 86_400

/** Cookies know no ports: the name does, so that two servers on one machine do not sign each other's phones out. */
const plainName = (c: Context): string => {
  const port = /:(\d+)$/.exec(hostHeader(c))?.[1]
  return port ? `pocketstats_${port}` : 'pocketstats'
}

/** Under https a name that nothing else on the network can set; browsers refuse it without Secure and with a domain. */
const secureName = (c: Context): string => `__Host-${plainName(c)}`

/** The token; where https is spoken also one that was set before it was: its host is the same, and its holder too. */
export const readSession = (c: Context): string | undefined =>
  getCookie(c, secureName(c)) ?? getCookie(c, plainName(c))

/** Keeps the device signed in for as long as an idle one may be, from now on. */
export function writeSession(
  c: Context,
  token: string,
  services: Pick<Services, 'settings' | 'remoteAddress'>,
): void {
  const secure = isSecure(c, services)
  setCookie(c, secure ? secureName(c) : plainName(c), token, {
    path: '/',
    httpOnly: true,
    sameSite: 'Lax',
    secure,
    maxAge: Math.min(Math.round(services.settings.Server.SessionIdle), longestSeconds),
  })
}

/** Takes away what `writeSession` set, under both names. */
export function clearSession(c: Context, services: Pick<Services, 'remoteAddress'>): void {
  const secure = isSecure(c, services)
  deleteCookie(c, plainName(c), { path: '/' })
  if (secure) deleteCookie(c, secureName(c), { path: '/', secure })
}
