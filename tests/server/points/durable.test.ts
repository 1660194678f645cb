// What was answered is there, whatever happens to the server; and what one sender does, others do not feel.

import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { openTemporary } from '../../store/temporary.ts'
import { type ServerProcess, startServer } from '../support/server-process.ts'

const base = Math.floor(Date.now() / 1000) * 1000 - 3_600_000

const post = (url: string, body: string): Promise<number> =>
  fetch(url, { method: 'POST', body }).then(
    async (response) => {
      await response.arrayBuffer()
      return response.status
    },
    () => 0,
  )

test('add_data_point, add_data_points and write keep every point that they answered when the server is killed', async () => {
  const server = await startServer()
  const answered: [label: string, time: number][] = []
  const senders = [
    (time: number) =>
      post(`${server.url}/add_data_point?projectid=kill&category=c&label=get&value=1&time=${time}`, ''),
    (time: number) => post(`${server.url}/write?db=kill&precision=ms`, `c line=1 ${time}`),
    (time: number) =>
      post(
        `${server.url}/add_data_points?projectid=kill`,
        `[{"category":"c","label":"list","value":1,"time":${time}}]`,
      ),
  ]
  const labels = ['get', 'line', 'list']
  let running = true
  const send = async (sender: number, offset: number): Promise<void> => {
    for (let time = base + offset; running; time += 100) {
      const status = await (senders[sender] as (time: number) => Promise<number>)(time)
      if (status === 200 || status === 204) answered.push([labels[sender] as string, time])
      else if (status === 0) return
    }
  }
  expect(await senders[0]?.(base - 1)).toBe(200)
  const all = Array.from({ length: 12 }, (_, i) => send(i % 3, i))
  await pause(600)
  await server.end('SIGKILL')
  running = false
  await Promise.all(all)
  const store = openTemporary(join(server.folder, 'data.db'))
  const stored = new Set(
    [...store.points('kill', 'c', base - 10, base + 3_600_000)]
      .flat()
      .map(({ label, time }) => `${label} ${time}`),
  )
  expect(answered.length).toBeGreaterThan(100)
  expect(answered.filter(([label, time]) => !stored.has(`${label} ${time}`))).toEqual([])
})

/** Milliseconds of each of `count` single points of a project of their own. */
async function singles({ url }: ServerProcess, count: number): Promise<number[]> {
  const took: number[] = []
  for (let i = 0; i < count; i++) {
    const began = performance.now()
    expect(await post(`${url}/write?db=single&precision=ms`, `c v=${i} ${base + i}`)).toBe(204)
    took.push(performance.now() - began)
    await pause(5)
  }
  return took.sort((a, b) => a - b)
}

test('write of one project goes on at once while another floods the server, and labels that never come again meet a limit', async () => {
  const server = await startServer({ settings: { LIMITS_SERIESPERPROJECT: '500' } })
  const body = (round: number): string =>
    Array.from(
      { length: 20_000 },
      (_, i) => `c${i % 50} v=${i % 97} ${base + round * 400_000 + Math.floor(i / 50) * 1000}`,
    ).join('\n')
  await singles(server, 20)
  let flooding = true
  const flood = async (): Promise<number> => {
    let rounds = 0
    for (; flooding; rounds++)
      expect(await post(`${server.url}/write?db=flood&precision=ms`, body(rounds % 8))).toBe(204)
    return rounds
  }
  const floods = [flood(), flood()]
  const took = await singles(server, 60)
  flooding = false
  expect((await Promise.all(floods)).every((rounds) => rounds > 0)).toBe(true)
  // Generous, for machines that do other things as well: without turns it would be seconds.
  expect(took[Math.floor(took.length * 0.9)]).toBeLessThan(400)

  const churn = Array.from({ length: 2000 }, (_, i) => `[{"category":"c","label":"l${i}","value":1}]`)
  const statuses = new Map<number, number>()
  for (const list of churn) {
    const status = await post(`${server.url}/add_data_points?projectid=churn`, list)
    statuses.set(status, (statuses.get(status) ?? 0) + 1)
  }
  expect([...statuses]).toEqual([
    [200, 500],
    [429, 1500],
  ])
  expect(await post(`${server.url}/add_data_point?projectid=churn&category=c&label=l5&value=2`, '')).toBe(200)
  const began = performance.now()
  const { categories } = (await (await fetch(`${server.url}/api/v1/catalogue?project=churn`)).json()) as {
    categories: { series: unknown[] }[]
  }
  expect(categories[0]?.series).toHaveLength(500)
  expect(performance.now() - began).toBeLessThan(1000)
})
