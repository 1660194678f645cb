// The address under which other devices reach this server. Somebody who sits at the machine itself sees it as localhost,
// which means something else on a phone.

import type { Context } from 'hono'
import { localAddress } from '../../store/local-address.ts'
import { hostHeader, isLoopbackHost, isSecure } from '../access/caller.ts'
import type { Services } from '../services.ts'

type Known = Pick<Services, 'remoteAddress' | 'settings'>

/** Such as `http://192.168.1.5:5050`; as the request named it, where that is an address for others too. */
export function outsideAddress(c: Context, services: Known): string {
  const asked = hostHeader(c)
  const port = /:\d+$/.exec(asked)?.[0] ?? ''
  const isLocal = isLoopbackHost(asked) && !isLoopbackHost(services.settings.Server.Host)
  const address = isLocal ? localAddress() : undefined
  const host = address === undefined ? asked : `${address}${port}`
  return `${isTrusted(c, services) ? 'https' : 'http'}://${host}`
}

/** A device that comes for the first time does not know the authority that a machine made for itself. */
function isTrusted(c: Context, services: Known): boolean {
  const isOurs = new URL(c.req.url).protocol === 'https:' && services.settings.Server.Tls === 'auto'
  return isSecure(c, services) && !isOurs
}
