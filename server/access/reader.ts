// Closed by default: reading takes a paired device, a script's token, or this very machine where [Server] TrustLoopback
// allows it. Viewers may look, some of them at one project only; changing anything takes an owner.

import type { Context } from 'hono'
import { createMiddleware } from 'hono/factory'
import { Problem } from '../../common/problem.ts'
import type { Grant, ProjectRecord, SignedIn } from '../../store/app-types.ts'
import { isScriptToken } from '../../store/secrets.ts'
import type { Services } from '../services.ts'
import { isFromForeignPage, isThisMachine } from './caller.ts'
import { readSession, writeSession } from './session-cookie.ts'

/** Who reads, and by which right. */
export interface Reader extends Grant {
  /** Null for this machine itself and for scripts. */
  device: SignedIn | null
}

/** The paired device whose cookie the request carries; null for none or a revoked one. */
export function deviceOf(c: Context, { appStore, clock, settings }: Services): SignedIn | null {
  const token = readSession(c)
  return token ? appStore.deviceOf(token, clock.now(), settings.Server.SessionIdle) : null
}

export const isTrustedLoopback = (c: Context, services: Services): boolean =>
  services.settings.Server.TrustLoopback && isThisMachine(c, services)

/** Who asks; null for a stranger. A token that is shown decides alone, also on this machine. */
export function readerOf(c: Context, services: Services): Reader | null {
  const secret = shownSecret(c.req.header('Authorization') ?? '')
  if (secret !== undefined) {
    const token = services.appStore.tokenOf(secret, services.clock.now())
    return token && { role: 'viewer', project: token.project, device: null }
  }
  const device = deviceOf(c, services)
  if (isTrustedLoopback(c, services)) return { role: 'owner', project: null, device }
  return device && { role: device.role, project: device.project, device }
}

/** What is shown as Bearer, or one of our tokens as the password of Basic; other passwords are meant for a proxy. */
function shownSecret(header: string): string | undefined {
  const [, scheme = '', value = ''] = /^(Bearer|Basic) +(.*)$/i.exec(header) ?? []
  if (scheme.toLowerCase() !== 'basic') return scheme === '' ? undefined : value
  const text = Buffer.from(value, 'base64').toString()
  const password = text.slice(text.indexOf(':') + 1)
  return isScriptToken(password) ? password : undefined
}

/** Whether this request may read at all, or, where one is named, the project of that key. */
export function mayRead(c: Context, services: Services, project?: string): boolean {
  const reader = readerOf(c, services)
  return reader !== null && (project === undefined || maySee(reader, project))
}

/** The projects that this request may see, the machine's first. */
export function visibleProjects(c: Context, services: Services): ProjectRecord[] {
  const reader = readerOf(c, services)
  return reader ? services.appStore.projects().filter(({ key }) => maySee(reader, key)) : []
}

/** 401 for everybody who may not read. A device's session is renewed on the way. */
export const readersOnly = (services: Services) =>
  createMiddleware(async (c, next) => {
    const reader = readerOf(c, services)
    if (!reader) throw unpaired()
    await next()
    keepSession(c, services, reader)
  })

/** For routes that change something or tell secrets: 401 for strangers, 403 for viewers and foreign pages. */
export const ownersOnly = (services: Services) =>
  createMiddleware(async (c, next) => {
    needOwner(c, services)
    await next()
  })

/** Throws what `ownersOnly` answers. */
export function needOwner(c: Context, services: Services): void {
  const reader = readerOf(c, services)
  if (!reader) throw unpaired()
  if (reader.role !== 'owner') throw new Problem('forbidden', 'viewers may look at numbers, not do this')
  refuseForeignPage(c)
}

/** 403 where a page of another origin makes the browser change something. */
export const ownPagesOnly = createMiddleware(async (c, next) => {
  refuseForeignPage(c)
  await next()
})

export const unpaired = (): Problem =>
  new Problem('unauthorized', 'this device is not paired: scan the code that npm start or npm run pair shows')

const maySee = ({ project }: Grant, key: string): boolean => project === null || project === key

function refuseForeignPage(c: Context): void {
  if (isFromForeignPage(c)) throw new Problem('forbidden', 'a page of another site may not do this')
}

/**
 * Gives the device another token where one is due, which keeps it signed in from now on. The same one is never set again:
 * an answer that comes late would bring back what another has replaced. A disk that is full keeps nobody out.
 */
export function keepSession(c: Context, services: Services, { device }: Reader): void {
  const token = readSession(c)
  if (!device?.renewalDue || token === undefined) return
  try {
    const renewed = services.appStore.renewSession(token, services.clock.now())
    if (renewed !== null) writeSession(c, renewed, services)
  } catch (error) {
    if (!(error instanceof Problem && error.code === 'unavailable')) throw error
  }
}
