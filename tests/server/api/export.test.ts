import { expect, test } from 'vitest'
import { pairedCookie, testApp } from '../support/test-app.ts'

const minute = 60_000
const plain = { help: '', unit: '', graph: true, everySeconds: 1, min: null, max: null }

/** A machine with ten minutes of two categories, and a project of somebody's own. */
function filledApp() {
  const app = testApp()
  const { key } = app.appStore.machineProject('nas')
  const own = app.appStore.createProject({ name: 'Green "house"', kind: 'custom' })
  const from = app.clock.now() - 10 * minute
  app.store.declare(key, 'load', plain, {})
  app.store.append(
    Array.from({ length: 600 }, (_, i) => ({
      project: key,
      category: 'load',
      label: '1 min',
      time: from + i * 1000,
      value: i / 10,
    })),
  )
  app.store.declare(own.key, 'bed', plain, {})
  app.store.append([
    { project: own.key, category: 'bed', label: 'a, "b"', time: from, value: 1.5 },
    { project: own.key, category: 'bed', label: 'a, "b"', time: from + 1, value: -0 },
  ])
  return { ...app, key, own, from }
}

const text = async (app: ReturnType<typeof filledApp>, query: string): Promise<string> => {
  const response = await app.request(`/api/v1/export?${query}`)
  expect(response.status).toBe(200)
  return response.text()
}

test('export writes every point of a window as CSV, a header first', async () => {
  const app = filledApp()
  const lines = (await text(app, `from=${app.from}&to=${app.from + minute}`)).split('\n')
  expect(lines[0]).toBe('project,category,label,time,value')
  expect(lines.slice(1, 3)).toEqual([
    `${app.key},load,1 min,${app.from},0`,
    `${app.key},load,1 min,${app.from + 1000},0.1`,
  ])
  expect(lines).toHaveLength(1 + 60 + 1)
})

test('export writes NDJSON, keeps names whole, and tells a file name', async () => {
  const app = filledApp()
  const response = await app.request(`/api/v1/export?project=${app.own.key}&format=ndjson`)
  expect(response.headers.get('Content-Type')).toBe('application/x-ndjson')
  expect(response.headers.get('Content-Disposition')).toMatch(
    /^attachment; filename="Green-house-[\d-]+\.ndjson"$/,
  )
  const rows = (await response.text())
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect(rows).toEqual([
    { project: app.own.key, category: 'bed', label: 'a, "b"', time: app.from, value: 1.5 },
    { project: app.own.key, category: 'bed', label: 'a, "b"', time: app.from + 1, value: -0 },
  ])
})

test('export with buckets writes what the graphs show', async () => {
  const app = filledApp()
  const window = `from=${app.from}&to=${app.from + 10 * minute}`
  const [head, ...lines] = (await text(app, `${window}&buckets=10`)).trim().split('\n')
  expect(head).toBe('project,category,label,time,count,min,mean,max')
  expect(lines).toHaveLength(10)
  expect(lines[0]).toBe(`${app.key},load,1 min,${app.from},60,0,2.95,5.9`)
  const rows = (await text(app, `${window}&buckets=10&format=ndjson`)).trim().split('\n')
  expect(JSON.parse(rows[9] ?? '')).toMatchObject({ count: 60, max: 59.9 })
})

test('export refuses what it does not know, and an empty window', async () => {
  const app = filledApp()
  const refusal = async (query: string) => {
    const response = await app.request(`/api/v1/export?${query}`)
    return [response.status, ((await response.json()) as { error: { field: string } }).error.field]
  }
  expect(await refusal('category=lod')).toEqual([404, 'category'])
  expect(await refusal('format=xml')).toEqual([400, 'format'])
  expect(await refusal('buckets=0')).toEqual([400, 'buckets'])
  expect(await refusal('from=2026-01-02&to=2026-01-01')).toEqual([400, 'from'])
})

test('export and metrics are for readers, who see their projects only', async () => {
  const app = filledApp()
  const elsewhere = { from: '192.168.1.9' }
  for (const path of ['/api/v1/export', '/metrics']) {
    expect((await app.request(path, elsewhere)).status).toBe(401)
    const Cookie = await pairedCookie(app, 'localhost:5050', { role: 'viewer', project: app.own.key })
    const seen = await (await app.request(path, { ...elsewhere, headers: { Cookie } })).text()
    expect(seen).toContain('bed')
    expect(seen).not.toContain('load')
  }
})

test('metrics exposes the newest values with their time, also to a token as Bearer or as a password', async () => {
  const app = filledApp()
  const token = app.appStore.newToken({ name: 'prometheus', project: null }, app.clock.now())
  const basic = Buffer.from(`anybody:${token}`).toString('base64')
  for (const Authorization of [`Bearer ${token}`, `Basic ${basic}`]) {
    const response = await app.request('/metrics', { from: '192.168.1.9', headers: { Authorization } })
    expect(response.status).toBe(200)
    expect(response.headers.get('Content-Type')).toContain('version=0.0.4')
    const body = await response.text()
    expect(body).toContain('# TYPE pocketstats_value gauge\n')
    expect(body).toContain(
      `pocketstats_value{project="nas",category="load",label="1 min"} 59.9 ${app.from + 599_000}\n`,
    )
    expect(body).toContain(
      `pocketstats_value{project="Green \\"house\\"",category="bed",label="a, \\"b\\""} -0 ${app.from + 1}\n`,
    )
  }
  app.clock.pass(2 * 3_600_000)
  expect(await (await app.request('/metrics')).text()).not.toContain('{')
})
