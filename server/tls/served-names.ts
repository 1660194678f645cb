// By which names and addresses do phones call this machine? All of them belong into its certificate, and none that could
// be somebody else's.

import { isIP, isIPv4, isIPv6 } from 'node:net'
import { networkInterfaces } from 'node:os'
import { isTopLevel } from './top-level.ts'

export interface ServedNames {
  /** Lower case. */
  names: readonly string[]
  /** IPv4 and IPv6, without zone. */
  addresses: readonly string[]
}

type Interfaces = ReturnType<typeof networkInterfaces>

/** Names and addresses of this machine at present, loopback included, sorted. */
export function servedNames({
  hostNames,
  allowedHosts,
  interfaces = networkInterfaces(),
}: {
  /** What the machine is called on its network: `nas`, `nas.local`. */
  hostNames: readonly string[]
  /** [Server] AllowedHosts: the owner's own further names, and addresses that only others see, as around a container. */
  allowedHosts: readonly string[]
  interfaces?: Interfaces
}): ServedNames {
  const names = ['localhost', ...hostNames, ...allowedHosts].map((name) => name.toLowerCase())
  const addresses = Object.values(interfaces)
    .flatMap((list = []) => list.map(({ address }) => address.split('%')[0] ?? address))
    .filter(isLasting)
    .concat(allowedHosts.filter((host) => isIP(host) !== 0))
  return {
    names: sorted(names.filter(isHostName)),
    addresses: sorted(['127.0.0.1', '::1', ...addresses]),
  }
}

/** Not IPv6 addresses that end at the cable, which no browser takes, nor global ones, which change by the day. */
const isLasting = (address: string): boolean => isIPv4(address) || /^(f[cd]|::1$)/i.test(address)

const isHostName = (name: string): boolean =>
  name.length <= 253 &&
  !isIPv4(name) &&
  !isIPv6(name) &&
  !isTopLevel(name) &&
  name.split('.').every((label) => /^[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?$/.test(label))

const sorted = (list: readonly string[]): string[] => [...new Set(list)].sort()
