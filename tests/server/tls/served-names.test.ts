import type { NetworkInterfaceInfo } from 'node:os'
import { expect, test } from 'vitest'
import { permittedFor, permittedPart } from '../../../server/tls/permitted.ts'
import { servedNames } from '../../../server/tls/served-names.ts'

const at = (address: string) => ({ address }) as NetworkInterfaceInfo

test('servedNames() takes every address that a browser can call, and no name that is none', () => {
  const served = servedNames({
    hostNames: ['NAS', 'nas.local', 'dev'],
    allowedHosts: ['nas.home.arpa', 'bad name', '10.0.0.9', '*.example.org'],
    interfaces: {
      eth0: [at('192.168.1.7'), at('fd00::2'), at('fe80::1%eth0'), at('2001:db8::5')],
      docker0: [at('172.17.0.1')],
    },
  })
  expect(served).toEqual({
    names: ['localhost', 'nas', 'nas.home.arpa', 'nas.local'],
    addresses: ['10.0.0.9', '127.0.0.1', '172.17.0.1', '192.168.1.7', '::1', 'fd00::2'],
  })
})

test('permittedFor() leaves out names that end a part of the internet, and takes public addresses one by one', () => {
  const { names, ranges } = permittedFor({
    names: ['localhost', 'dev', 'dev.local', 'tv', 'com', 'nas'],
    addresses: ['192.168.1.7', '171.64.1.2'],
  })
  expect(names).toEqual(['localhost', 'dev.local', 'nas'])
  expect(ranges).toContain('171.64.1.2/32')
  expect(ranges).toContain('192.168.0.0/16')
  expect(ranges).not.toContain('192.168.1.7/32')
})

test('permittedPart() keeps what lies inside, names with all below them', () => {
  const permitted = { names: ['nas.local'], ranges: ['10.0.0.0/8', 'fc00::/7'] }
  const wanted = {
    names: ['nas.local', 'www.nas.local', 'notnas.local', 'bank.example'],
    addresses: ['10.1.2.3', '11.1.2.3', 'fd00::2', '2001:db8::1'],
  }
  expect(permittedPart(wanted, permitted)).toEqual({
    names: ['nas.local', 'www.nas.local'],
    addresses: ['10.1.2.3', 'fd00::2'],
  })
})
