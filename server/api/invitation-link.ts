// The address that another phone opens to be paired. Somebody who sits at the machine itself sees it as localhost, which
// means something else on a phone.

import type { Context } from 'hono'
import { localAddress } from '../../store/local-address.ts'
import { hostHeader, isLoopbackHost, isSecure } from '../access/caller.ts'
import type { Services } from '../services.ts'

/** The code stands behind `#`, so that no server and no log on the way sees it. */
export function invitationLink(
  c: Context,
  services: Pick<Services, 'remoteAddress' | 'settings'>,
  code: string,
): string {
  const asked = hostHeader(c)
  const port = /:\d+$/.exec(asked)?.[0] ?? ''
  const address = isLoopbackHost(asked) ? localAddress() : undefined
  const host = address === undefined ? asked : `${address}${port}`
  return `${isTrusted(c, services) ? 'https' : 'http'}://${host}/#pair=${code}`
}

/** A phone that comes for the first time does not know the authority that a machine made for itself. */
function isTrusted(c: Context, services: Pick<Services, 'remoteAddress' | 'settings'>): boolean {
  const isOurs = new URL(c.req.url).protocol === 'https:' && services.settings.Server.Tls === 'auto'
  return isSecure(c, services) && !isOurs
}
