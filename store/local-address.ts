// The address under which a phone on the same network reaches this machine.

import { networkInterfaces } from 'node:os'

const virtual = /^(docker|br-|veth|virbr|vmnet|vboxnet|cni|flannel|lxc|lxd|podman|ifb|dummy)/

/** The likeliest IPv4 address on the local network, private ones first; undefined without a network. */
export function localAddress(interfaces = networkInterfaces()): string | undefined {
  const candidates = Object.entries(interfaces).flatMap(([name, addresses = []]) =>
    addresses
      .filter(({ family, internal }) => family === 'IPv4' && !internal)
      .map(({ address }) => ({ address, rank: rank(name, address) })),
  )
  return candidates.sort((a, b) => a.rank - b.rank)[0]?.address
}

function rank(name: string, address: string): number {
  if (virtual.test(name)) return 3
  if (address.startsWith('169.254.')) return 2
  return /^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.)/.test(address) ? 0 : 1
}
