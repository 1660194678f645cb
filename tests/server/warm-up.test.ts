import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { undeclared } from '../../common/declaration.ts'
import { warmUp } from '../../server/warm-up.ts'
import { openTemporary } from '../store/temporary.ts'

const now = Date.UTC(2026, 5, 1)

test('warmUp() asks once for a year of a category with a graph, and by HEAD, so that nobody seems to look', async () => {
  const asked: string[] = []
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`)
    response.end()
  }).listen(0, '127.0.0.1')
  onTestFinished(() => void server.close())
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const store = openTemporary()

  await warmUp(port, store, now)
  store.declare('m', 'facts', { ...undeclared, graph: false })
  store.declare('m', 'foo', undeclared)
  await warmUp(port, store, now)

  const from = now - 365 * 86_400_000
  expect(asked).toEqual([`HEAD /api/v1/query?project=m&category=foo&from=${from}&to=${now}&buckets=400`])
})

test('warmUp() keeps no server from starting where nobody answers', async () => {
  const store = openTemporary()
  store.declare('m', 'foo', undeclared)
  await warmUp(1, store, now)
})
