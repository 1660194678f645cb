// The examples in deploy/ with the real proxies in front of the real server: only names, ports and paths are put in.

import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import type { IncomingMessage } from 'node:http'
import { request } from 'node:https'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { root } from '../../cli/root.ts'
import { issue } from '../../server/tls/issue.ts'
import { openAppStore } from '../../store/app.ts'
import { freePort, type ServerProcess, startServer } from '../server/support/server-process.ts'
import { temporaryFolder } from '../server/support/test-app.ts'

const name = 'stats.example.org'
const example = (file: string): string => readFileSync(join(root, 'deploy', file), 'utf8')
const isThere = (program: string, flag: string): boolean => spawnSync(program, [flag]).error === undefined

interface Front {
  server: ServerProcess
  port: number
  ca: string
}

interface Given {
  folder: string
  /** Where the proxy listens, and where the server does. */
  port: number
  server: number
  /** PEM with key and certificate for the name. */
  pem: string
}

/** A proxy before a server, as `start` starts it. */
async function front(start: (given: Given) => ChildProcess): Promise<Front> {
  const folder = temporaryFolder()
  const database = join(folder, 'data.db')
  issue({ database, machine: 'proxy', now: Date.now(), names: [name], addresses: [] })
  const server = await startServer({ settings: { SERVER_ALLOWEDHOSTS: name } })
  const port = await freePort()
  const proxy = start({ folder, port, server: server.port, pem: join(folder, 'tls', 'server.pem') })
  onTestFinished(async () => {
    const ended = once(proxy, 'exit')
    // Told to end, and not killed: nginx takes its workers along.
    proxy.kill('SIGTERM')
    await ended
  })
  let said = ''
  proxy.stderr?.on('data', (chunk: Buffer) => {
    said += chunk.toString()
  })
  const made = { server, port, ca: readFileSync(join(folder, 'tls', 'authority.crt'), 'utf8') }
  await vi.waitFor(
    () =>
      ask(made, '/healthz').catch((error: Error) => Promise.reject(new Error(`${error.message} ${said}`))),
    { timeout: 10_000 },
  )
  return made
}

interface Asked {
  method?: string
  headers?: Record<string, string>
  body?: string
}

function open({ port, ca }: Front, path: string, { method = 'GET', headers = {}, body }: Asked = {}) {
  return new Promise<IncomingMessage>((resolve, reject) => {
    const host = `${name}:${port}`
    const asked = request(
      { port, path, method, ca, servername: name, agent: false, headers: { Host: host, ...headers } },
      resolve,
    )
    asked.on('error', reject).end(body)
  })
}

async function ask(at: Front, path: string, asked?: Asked) {
  const response = await open(at, path, asked)
  const chunks: Buffer[] = []
  for await (const chunk of response) chunks.push(chunk)
  return { status: response.statusCode, headers: response.headers, body: Buffer.concat(chunks).toString() }
}

/** What has to hold behind every proxy. */
async function holds(at: Front): Promise<void> {
  expect((await ask(at, '/api/v1/projects')).status).toBe(401)
  const asLocalhost = await ask(at, '/api/v1/projects', { headers: { Host: 'localhost' } })
  // Caddy answers names that it does not know with nothing at all.
  expect(asLocalhost.status === 401 || asLocalhost.body === '').toBe(true)

  const appStore = openAppStore({ file: join(at.server.folder, 'app.db') })
  const code = appStore.newPairingCode(Date.now())
  appStore.close()
  const headers = { 'Content-Type': 'application/json', Origin: `https://${name}:${at.port}` }
  const body = JSON.stringify({ code, name: 'phone' })
  const foreign = { ...headers, Origin: 'https://bank.example' }
  expect((await ask(at, '/api/v1/pair', { method: 'POST', headers: foreign, body })).status).toBe(403)
  const paired = await ask(at, '/api/v1/pair', { method: 'POST', headers, body })
  expect(paired.status).toBe(200)
  const cookie = paired.headers['set-cookie']?.[0] ?? ''
  expect(cookie).toMatch(/^__Host-.*; HttpOnly; Secure/)
  const mine = { Cookie: cookie.split(';')[0] ?? '' }
  expect((await ask(at, '/api/v1/projects', { headers: mine })).status).toBe(200)

  const tooLarge = { method: 'POST', headers, body: JSON.stringify({ code: 'x'.repeat(90_000) }) }
  expect((await ask(at, '/api/v1/pair', tooLarge)).status).toBe(413)

  const registered = await fetch(`${at.server.url}/register?name=garden`)
  const id = (await registered.text()).trim()
  const stream = await open(at, '/api/v1/stream?project=garden', { headers: mine })
  let events = ''
  stream.on('data', (chunk: Buffer) => {
    events += chunk.toString()
  })
  stream.on('error', () => {})
  await vi.waitFor(() => expect(events).toContain('event: hello'), { timeout: 2000 })
  const sent = await ask(at, `/add_data_point?projectid=${id}&category=foo&label=bar&value=42`)
  expect(sent.status).toBe(200)
  await vi.waitFor(() => expect(events).toContain('event: points'), { timeout: 2000 })
  stream.destroy()
}

test.skipIf(!isThere('caddy', 'version'))('behind Caddy all works as it should', async () => {
  const at = await front(({ folder, port, server, pem }) => {
    const site = example('Caddyfile')
      .replace(`${name} {`, `https://${name}:${port} {\n\ttls ${pem} ${pem}`)
      .replace('127.0.0.1:5050', `127.0.0.1:${server}`)
    const config = join(folder, 'Caddyfile')
    writeFileSync(config, `{\n\tadmin off\n\tauto_https disable_redirects\n}\n${site}`)
    const env = { ...process.env, HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder }
    return spawn('caddy', ['run', '--config', config, '--adapter', 'caddyfile'], { env })
  })
  await holds(at)
})

test.skipIf(!isThere('nginx', '-v'))('behind nginx all works as it should', async () => {
  const plain = await freePort()
  const at = await front(({ folder, port, server, pem }) => {
    const site = example('nginx.conf')
      .replace('listen 80;', `listen 127.0.0.1:${plain};`)
      .replace('listen 443 ssl;', `listen 127.0.0.1:${port} ssl;`)
      .replace(/ssl_certificate .*;/, `ssl_certificate ${pem};`)
      .replace(/ssl_certificate_key .*;/, `ssl_certificate_key ${pem};`)
      .replace('127.0.0.1:5050', `127.0.0.1:${server}`)
    const paths = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    for (const path of paths) mkdirSync(join(folder, path))
    const temporary = paths.map((path) => `${path}_temp_path ${join(folder, path)};`).join('\n')
    const config = join(folder, 'nginx.conf')
    const user = process.getuid?.() === 0 ? 'user root;' : ''
    writeFileSync(
      config,
      `${user}\ndaemon off;\nworker_processes 1;\npid ${folder}/pid;\nerror_log stderr;\nevents {}\nhttp {\naccess_log off;\n${temporary}\n${site}}\n`,
    )
    return spawn('nginx', ['-e', 'stderr', '-c', config])
  })
  await holds(at)
  const redirected = await fetch(`http://127.0.0.1:${plain}/x`, {
    redirect: 'manual',
    headers: { Host: name },
  })
  expect(redirected.status).toBe(301)
})

test.skipIf(!isThere('systemd-analyze', '--version'))('systemd finds nothing wrong with the service', () => {
  const file = join(temporaryFolder(), 'pocketstats.service')
  // The paths of a real installation, so that systemd finds what it is to start.
  const unit = example('pocketstats.service')
    .replaceAll('/opt/pocketstats', root)
    .replace('/usr/bin/node', process.execPath)
    .replace('User=pocketstats', 'User=root')
  writeFileSync(file, unit)
  const { status, stderr } = spawnSync('systemd-analyze', ['verify', '--man=no', file], { encoding: 'utf8' })
  expect(stderr.split('\n').filter((line) => line.includes('pocketstats.service'))).toEqual([])
  expect(status).toBe(0)
})
