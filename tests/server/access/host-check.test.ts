import { describe, expect, test } from 'vitest'
import { namesOfMachine } from '../../../server/access/host-check.ts'
import { testApp } from '../support/test-app.ts'

const settings = { SERVER_ALLOWEDHOSTS: 'stats.example.org, Other.Example:8443' }

describe('hostCheck()', () => {
  test.each([
    ...[
      'localhost',
      'localhost:5050',
      'LocalHost',
      'localhost.',
      '127.0.0.1',
      '127.0.0.1:7890',
      '[::1]:5050',
    ],
    ...['192.168.1.2', '192.168.1.2:5050', '[fe80::1]', '[2001:db8::1]:443', 'nas', 'NAS:5050', 'nas.local'],
    ...['stats.example.org', 'stats.example.org:443', 'other.example'],
  ])('hostCheck() lets %s through', async (Host) => {
    const { request } = testApp({ settings })
    expect((await request('/api/v1/session', { headers: { Host } })).status).toBe(200)
  })

  test.each([
    ...[
      'evil.example',
      'evil.example:5050',
      'localhost.evil.example',
      '127.0.0.1.evil.example',
      'nas.evil.example',
    ],
    ...[
      'example.org',
      'x.stats.example.org',
      'xlocalhost',
      'nas.local.evil',
      'localhost@evil.example',
      'a b',
      '[::1',
    ],
    ...['evil.example#localhost', 'evil.example/localhost', 'local_host', '1.2.3.4.5', ':5050', '.'],
  ])('hostCheck() refuses %s with the setting to change', async (Host) => {
    const { request } = testApp({ settings })
    for (const path of ['/', '/api/v1/session', '/add_data_point', '/healthz', '/register?name=x']) {
      const response = await request(path, { headers: { Host } })
      expect(response.status).toBe(403)
      const { error } = (await response.json()) as { error: { field: string; expected: string } }
      expect(error.field).toBe('Host')
      expect(error.expected).toContain('[Server] AllowedHosts')
    }
  })

  test('hostCheck() looks at the name in the request line as well', async () => {
    const { app } = testApp()
    const init = { headers: { Host: 'localhost' } }
    const response = await app.request('http://evil.example/api/v1/session', init, { address: '127.0.0.1' })
    expect(response.status).toBe(403)
  })
})

describe('namesOfMachine()', () => {
  test.each([
    ['NAS', ['nas', 'nas.local']],
    ['nas.home.arpa', ['nas.home.arpa', 'nas', 'nas.local']],
    ['nas.local', ['nas.local', 'nas']],
  ])('namesOfMachine(%s) are its name, short and in the local zone', (hostname, names) => {
    expect(namesOfMachine(hostname)).toEqual(names)
  })
})
