// A foreign page can point a name of its own at this machine's address and would then be same-origin with us (DNS
// rebinding). So the server answers only to names that nobody else can own.

import { isIPv4 } from 'node:net'
import { createMiddleware } from 'hono/factory'
import { Problem } from '../../common/problem.ts'
import type { Services } from '../services.ts'
import { hostHeader, hostNameOf } from './caller.ts'

/** Tells whether the server answers to a name: IP addresses, localhost, the machine's names, [Server] AllowedHosts. */
export function allowedHosts({
  hostNames,
  settings,
}: Pick<Services, 'hostNames' | 'settings'>): (host: string) => boolean {
  const allowed = new Set(['localhost', ...hostNames, ...settings.Server.AllowedHosts].map(nameOf))
  return (host) => {
    const name = hostNameOf(host)
    return name !== undefined && (name.startsWith('[') || isIPv4(name) || allowed.has(name))
  }
}

/** Lets through the names that `allowedHosts` tells; others get 403. */
export function hostCheck(services: Pick<Services, 'hostNames' | 'settings'>) {
  const isAllowed = allowedHosts(services)
  return createMiddleware(async (c, next) => {
    // A request line may name a host too, as requests to proxies do.
    for (const host of [hostHeader(c), new URL(c.req.url).host]) {
      if (!isAllowed(host)) throw refusal(host)
    }
    await next()
  })
}

/** The names under which the machine is called on its network: `nas` and `nas.local`. */
export function namesOfMachine(hostname: string): string[] {
  const name = hostname.toLowerCase()
  const short = name.split('.')[0] ?? name
  return [...new Set([name, short, `${short}.local`])].filter((candidate) => candidate !== '')
}

const nameOf = (host: string): string => hostNameOf(host) ?? host.toLowerCase()

const refusal = (host: string): Problem =>
  new Problem('forbidden', 'this server does not answer to that name', {
    field: 'Host',
    given: host,
    expected: 'an IP address, localhost, or a name in [Server] AllowedHosts of settings.conf',
  })
