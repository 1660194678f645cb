// The address that another phone opens to be paired. Somebody who sits at the machine itself sees it as localhost, which
// means something else on a phone.

import type { Context } from 'hono'
import { localAddress } from '../../store/local-address.ts'
import { hostHeader, isLoopbackHost, isSecure } from '../access/caller.ts'
import type { Services } from '../services.ts'

/** The code stands behind `#`, so that no server and no log on the way sees it. */
export function invitationLink(c: Context, services: Pick<Services, 'remoteAddress'>, code: string): string {
  const asked = hostHeader(c)
  const port = /:\d+$/.exec(asked)?.[0] ?? ''
  const address = isLoopbackHost(asked) ? localAddress() : undefined
  const host = address === undefined ? asked : `${address}${port}`
  return `${isSecure(c, services) ? 'https' : 'http'}://${host}/#pair=${code}`
}
