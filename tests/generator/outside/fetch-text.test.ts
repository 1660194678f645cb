import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createServer as createTcpServer } from 'node:net'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { askSocket } from '../../../generator/outside/ask-socket.ts'
import { fetchText } from '../../../generator/outside/fetch-text.ts'
import { temporaryFolder } from '../support/temporary-store.ts'

async function serve(listener: RequestListener, where: number | string = 0): Promise<Server> {
  const server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(where, resolve))
  onTestFinished(() => void server.closeAllConnections())
  onTestFinished(() => void server.close())
  return server
}

const urlOf = (server: Server): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}/x`

test('fetchText() returns any status with its text, also through a socket', async () => {
  const answer: RequestListener = (request, response) => {
    response.statusCode = 404
    response.end(`${request.url} ${request.headers['user-agent']}`)
  }
  expect(await fetchText(urlOf(await serve(answer)))).toMatchObject({ status: 404, text: '/x pocketstats' })
  const socket = join(temporaryFolder(), 's')
  await serve(answer, socket)
  expect((await fetchText('http://docker/y', { socket })).text).toBe('/y pocketstats')
})

test('fetchText() gives up on who is slow, endless or not there, in words for people', async () => {
  const slow = urlOf(await serve((_request, response) => void response.write('a')))
  await expect(fetchText(slow, { timeoutMs: 100 })).rejects.toThrow(/x: has not answered within 0.1 s/)
  const endless = urlOf(
    await serve((_request, response) => void response.write('a'.repeat(5000), () => response.write('b'))),
  )
  await expect(fetchText(endless, { mostBytes: 1000 })).rejects.toThrow('answered with more than 1000 bytes')
  await expect(fetchText('http://127.0.0.1:1/')).rejects.toThrow('ECONNREFUSED')
})

test('askSocket() returns what is answered until it is whole, the other end hangs up, or time is over', async () => {
  const server = createTcpServer((socket) => {
    socket.on('error', () => {})
    socket.on('data', (data) => {
      socket.write(`you said ${data}`)
      if (data.toString() === 'bye\n') socket.end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, resolve))
  onTestFinished(() => void server.close())
  const address = { host: '127.0.0.1', port: (server.address() as AddressInfo).port }
  const line = (text: string): boolean => text.endsWith('\n')
  expect(await askSocket(address, 'hello\n', { until: line })).toBe('you said hello\n')
  expect(await askSocket(address, 'bye\n')).toBe('you said bye\n')
  await expect(askSocket(address, 'hm\n', { timeoutMs: 100 })).rejects.toThrow(
    'has not answered within 0.1 s',
  )
})
