import { execFile, execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs'
import { request } from 'node:https'
import { connect } from 'node:net'
import { networkInterfaces } from 'node:os'
import { join } from 'node:path'
import { connect as tlsConnect } from 'node:tls'
import { promisify } from 'node:util'
import { describe, expect, test, vi } from 'vitest'
import { issue } from '../../../server/tls/issue.ts'
import { failingServer, type ServerProcess, startServer } from '../support/server-process.ts'
import { temporaryFolder } from '../support/test-app.ts'

const run = promisify(execFile)
const both = { settings: { SERVER_TLS: 'auto' } }

const authorityOf = ({ folder }: Pick<ServerProcess, 'folder'>): string =>
  join(folder, 'tls', 'authority.crt')

/** Status and body over https, checked against the machine's authority by curl. */
async function curl(server: ServerProcess, url: string, ...more: string[]): Promise<string> {
  const args = [
    '-sS',
    '-g',
    '--max-time',
    '10',
    '--cacert',
    authorityOf(server),
    '-w',
    '\n%{http_code}',
    ...more,
  ]
  return (await run('curl', [...args, url])).stdout
}

/** Everything that comes back for raw bytes sent in pieces. */
async function talk(port: number, pieces: readonly string[]): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  let answer = ''
  const closed = once(socket, 'close')
  socket.on('data', (chunk) => {
    answer += chunk.toString()
  })
  for (const piece of pieces) {
    socket.write(piece)
    await new Promise((resolve) => setTimeout(resolve, 30))
  }
  await closed
  return answer
}

/** The serial number of the certificate that a port shows. */
async function servedSerial(port: number): Promise<string> {
  const socket = tlsConnect({ port, host: '127.0.0.1', rejectUnauthorized: false })
  await once(socket, 'secureConnect')
  const { serialNumber } = socket.getPeerCertificate()
  socket.destroy()
  return serialNumber
}

describe('with a certificate of its own', () => {
  test('the same port speaks http and https, for every address of the machine, and https lacks nothing that http has', async () => {
    const server = await startServer(both)
    expect(server.output()).toContain(`server: http://0.0.0.0:${server.port}/ (and https)`)
    expect((await fetch(`${server.url}/healthz`)).status).toBe(503)
    const addresses = Object.values(networkInterfaces()).flatMap((list = []) => list)
    const lan =
      addresses.find(({ family, internal }) => family === 'IPv4' && !internal)?.address ?? '127.0.0.1'
    for (const host of ['localhost', '127.0.0.1', lan]) {
      expect(await curl(server, `https://${host}:${server.port}/healthz`)).toMatch(/\n503$/)
    }
    await expect(run('curl', ['-sS', `https://127.0.0.1:${server.port}/healthz`])).rejects.toThrow(
      /certificate/,
    )

    // Long bodies, loopback trusted as over http, Secure cookies.
    const url = `https://localhost:${server.port}`
    expect(await curl(server, `${url}/register?name=nas2`)).toMatch(/^\w{20,}\s+200$/)
    const body = join(temporaryFolder(), 'body')
    writeFileSync(body, 'x'.repeat(60_000))
    expect(await curl(server, `${url}/add_data_point`, '--data-binary', `@${body}`)).toMatch(/\n400$/)
    writeFileSync(body, 'x'.repeat(90_000))
    expect(await curl(server, `${url}/add_data_point`, '--data-binary', `@${body}`)).toMatch(/\n413$/)
    const { code } = JSON.parse(
      (await curl(server, `${url}/api/v1/pairing-codes`, '-X', 'POST')).replace(/\n\d+$/, ''),
    )
    const json = ['-H', 'Content-Type: application/json', '-d', JSON.stringify({ code, name: 'phone' })]
    const paired = await curl(server, `${url}/api/v1/pair`, '-i', ...json)
    expect(paired).toMatch(/^Set-Cookie:.*HttpOnly.*Secure/im)
  })

  test('plain http comes in pieces and several requests at a time', async () => {
    const { port } = await startServer(both)
    const ask = 'GET /healthz HTTP/1.1\r\nHost: localhost\r\n'
    expect(
      await talk(port, ['G', 'ET /healthz HTTP/1.1\r\nHost: loc', 'alhost\r\nConnection: close\r\n\r\n']),
    ).toMatch(/^HTTP\/1\.1 503/)
    const answers = await talk(port, [`${ask}\r\n${ask}\r\n`, `${ask}Connection: close\r\n\r\n`])
    expect(answers.match(/HTTP\/1\.1 503/g)).toHaveLength(3)
    expect(await talk(port, ['\x16\x03\x01nonsense that is no handshake'])).not.toContain('HTTP')
  })

  test('a stream over https brings points as they come and ends with the server', async () => {
    const server = await startServer(both)
    const key = await curl(server, `https://localhost:${server.port}/register?name=nas2`)
    const ca = readFileSync(authorityOf(server))
    let text = ''
    const ended = new Promise((resolve, reject) => {
      const asked = request(
        `https://localhost:${server.port}/api/v1/stream?project=nas2`,
        { ca },
        (response) => {
          response.on('data', (chunk: Buffer) => {
            text += chunk.toString()
          })
          response.on('end', resolve)
        },
      )
      asked.on('error', reject).end()
    })
    await vi.waitFor(() => expect(text).toContain('event: hello'))
    const id = key.split('\n')[0]?.trim() ?? ''
    await fetch(`${server.url}/add_data_point?projectid=${id}&category=foo&label=bar&value=42`)
    await vi.waitFor(() => expect(text).toContain('event: points'), { timeout: 5000 })
    const silent = [
      connect(server.port, '127.0.0.1'),
      tlsConnect({ port: server.port, rejectUnauthorized: false }),
    ]
    for (const socket of silent) socket.on('error', () => {})
    const began = performance.now()
    expect(await server.end('SIGTERM')).toBe(0)
    await ended
    expect(performance.now() - began).toBeLessThan(2000)
  })
})

describe('with certificate files', () => {
  /** Two pairs below two authorities, and a server that serves the first. */
  function pairs() {
    const folder = temporaryFolder()
    const made = (name: string, now = Date.now()) => {
      const database = join(folder, name, 'data.db')
      issue({ database, machine: name, now, names: ['localhost'], addresses: ['127.0.0.1'] })
      return join(folder, name, 'tls', 'server.pem')
    }
    const served = join(folder, 'served.pem')
    copyFileSync(made('one'), served)
    const settings = { SERVER_TLS: 'files', SERVER_TLSCERTIFICATE: served, SERVER_TLSKEY: served }
    return { made, served, settings }
  }

  test('a renewed certificate is served without a restart, a broken one is told of and not used', async () => {
    const { made, served, settings } = pairs()
    const server = await startServer({ settings })
    const first = await servedSerial(server.port)
    writeFileSync(served, 'nonsense')
    await vi.waitFor(() => expect(server.output()).toMatch(/not used, the old one stays: .*TlsCertificate/), {
      timeout: 10_000,
    })
    expect(await servedSerial(server.port)).toBe(first)
    copyFileSync(made('two'), served)
    await vi.waitFor(async () => expect(await servedSerial(server.port)).not.toBe(first), { timeout: 10_000 })
    expect(server.output()).toMatch(/new certificate from .*served\.pem, good until \d{4}-\d\d-\d\d/)
    copyFileSync(made('old', Date.now() - 90 * 86_400_000), served)
    await vi.waitFor(() => expect(server.output()).toMatch(/is not valid now/), { timeout: 10_000 })
    expect((await fetch(`${server.url}/healthz`)).status).toBe(503)
  })

  test('files that cannot be served are refused at the start, by the name of their setting', async () => {
    const { served, settings } = pairs()
    const missing = await failingServer({ settings: { ...settings, SERVER_TLSKEY: '' } })
    expect(missing).toEqual({
      code: 1,
      output: '[Server] Tls = files needs TlsKey, the path of a PEM file\n',
    })
    const key = join(temporaryFolder(), 'key.pem')
    execFileSync('openssl', ['ecparam', '-genkey', '-name', 'prime256v1', '-noout', '-out', key])
    const foreign = await failingServer({ settings: { ...settings, SERVER_TLSKEY: key } })
    expect(foreign.output).toContain(`TlsCertificate = ${served} and TlsKey = ${key} cannot be used: `)
  })
})
