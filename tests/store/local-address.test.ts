import type { NetworkInterfaceInfo } from 'node:os'
import { expect, test } from 'vitest'
import { localAddress } from '../../store/local-address.ts'

const ipv4 = (address: string, internal = false): NetworkInterfaceInfo => ({
  address,
  internal,
  family: 'IPv4',
  netmask: '255.255.255.0',
  mac: '00:00:00:00:00:00',
  cidr: null,
})

test('localAddress() prefers the private address of a real network', () => {
  const interfaces = {
    lo: [ipv4('127.0.0.1', true)],
    docker0: [ipv4('172.17.0.1')],
    eth1: [ipv4('203.0.113.9')],
    eth0: [ipv4('192.168.1.66')],
  }
  expect(localAddress(interfaces)).toBe('192.168.1.66')
})

test('localAddress() is undefined without a network', () => {
  expect(localAddress({ lo: [ipv4('127.0.0.1', true)] })).toBeUndefined()
})
