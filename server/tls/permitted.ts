// A certificate authority on somebody's phone must not be able to speak for their bank: this one may only speak for
// addresses that lead nowhere on the internet and for the names of one machine.

import { BlockList, isIPv4, isIPv6 } from 'node:net'
import type { ServedNames } from './served-names.ts'
import { isTopLevel } from './top-level.ts'

/** What an authority may sign: names with all below them, and address ranges as `address/bits`. */
export interface Permitted {
  names: readonly string[]
  ranges: readonly string[]
}

/** Ranges that no router of the internet carries (IANA's special-purpose address registries). */
const privateRanges = [
  ...['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '169.254.0.0/16', '127.0.0.0/8'],
  // Shared by providers and by Tailscale; for documents and for measurements, which laboratories use.
  ...['100.64.0.0/10', '192.0.2.0/24', '198.51.100.0/24', '203.0.113.0/24', '198.18.0.0/15'],
  ...['fc00::/7', 'fe80::/10', '::1/128'],
]

/**
 * What a new authority of this machine may sign: its names, but none that ends a part of the internet. Where the network
 * has public IPv4 addresses, the machine's own are added, one by one.
 */
export function permittedFor({ names, addresses }: ServedNames): Permitted {
  const own = addresses.filter((address) => isIPv4(address) && !isInside(address, privateRanges))
  return {
    names: names.filter((name) => !isTopLevel(name)),
    ranges: [...privateRanges, ...own.map((address) => `${address}/32`)],
  }
}

/** The part of `wanted` that an authority with these limits may sign. */
export const permittedPart = ({ names, addresses }: ServedNames, permitted: Permitted): ServedNames => ({
  names: names.filter((name) => permitted.names.some((top) => name === top || name.endsWith(`.${top}`))),
  addresses: addresses.filter((address) => isInside(address, permitted.ranges)),
})

function isInside(address: string, ranges: readonly string[]): boolean {
  const list = new BlockList()
  for (const range of ranges) {
    const [base = '', bits] = range.split('/')
    list.addSubnet(base, Number(bits), isIPv6(base) ? 'ipv6' : 'ipv4')
  }
  return list.check(address, isIPv6(address) ? 'ipv6' : 'ipv4')
}
