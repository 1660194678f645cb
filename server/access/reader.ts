// Closed by default: reading takes a paired device, or this very machine where [Server] TrustLoopback allows it.

import type { Context } from 'hono'
import { createMiddleware } from 'hono/factory'
import { Problem } from '../../common/problem.ts'
import type { Services } from '../services.ts'
import { isFromForeignPage, isThisMachine } from './caller.ts'
import { readSession } from './session-cookie.ts'

export type Device = NonNullable<ReturnType<Services['appStore']['deviceOf']>>

/** The paired device whose cookie the request carries; null for none or a revoked one. */
export function deviceOf(c: Context, { appStore, clock }: Services): Device | null {
  const token = readSession(c)
  return token ? appStore.deviceOf(token, clock.now()) : null
}

export const isTrustedLoopback = (c: Context, services: Services): boolean =>
  services.settings.Server.TrustLoopback && isThisMachine(c, services)

export const mayRead = (c: Context, services: Services): boolean =>
  isTrustedLoopback(c, services) || deviceOf(c, services) !== null

/** 401 for everybody who may not read. */
export const readersOnly = (services: Services) =>
  createMiddleware(async (c, next) => {
    if (!mayRead(c, services)) throw unpaired()
    await next()
  })

/** 403 where a page of another origin makes the browser change something. */
export const ownPagesOnly = createMiddleware(async (c, next) => {
  if (isFromForeignPage(c)) throw new Problem('forbidden', 'a page of another site may not do this')
  await next()
})

export const unpaired = (): Problem =>
  new Problem('unauthorized', 'this device is not paired: scan the code that npm start or npm run pair shows')
