import { gunzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import type { z } from 'zod'
import { decodeBuckets } from '../../../common/buckets-binary.ts'
import { CatalogueSchema, ProjectsSchema, QueryResultSchema, ValuesSchema } from '../../../common/wire.ts'
import { pairedCookie, type TestApp, testApp } from '../support/test-app.ts'

const minute = 60_000
const plain = { help: '', unit: '', graph: true, everySeconds: 1, min: null, max: null }

/** A machine with two categories, one of them without a graph, and a point every second for a minute. */
function machineApp() {
  const app = testApp()
  const { key } = app.appStore.machineProject('nas')
  const now = app.clock.now()
  app.store.declare(key, 'load', { ...plain, help: 'Load average' }, {})
  app.store.declare(key, 'storage', { ...plain, unit: 'byte', graph: false }, {})
  for (let time = now - minute; time < now; time += 1000) {
    const at = { project: key, time }
    app.store.append([
      { ...at, category: 'load', label: '1 min', value: (time % minute) / 1000 },
      { ...at, category: 'storage', label: '/', value: 7 },
    ])
  }
  return { ...app, key, now }
}

async function get<T extends z.ZodType>(app: TestApp, path: string, schema: T): Promise<z.infer<T>> {
  const response = await app.request(path)
  expect(response.status).toBe(200)
  return schema.parse(await response.json())
}

const refusal = async (app: TestApp, path: string) => {
  const response = await app.request(path)
  return { status: response.status, ...((await response.json()) as { error: object }).error }
}

describe('projects', () => {
  test('projects lists this machine first, with the time of the newest point', async () => {
    const app = machineApp()
    const { key } = app.appStore.createProject({ name: 'Greenhouse', kind: 'custom' })
    const { projects } = await get(app, '/api/v1/projects', ProjectsSchema)
    expect(projects).toEqual([
      { key: app.key, name: 'nas', kind: 'machine', lastTime: app.now - 1000 },
      { key, name: 'Greenhouse', kind: 'custom', lastTime: null },
    ])
    expect(JSON.stringify(projects)).not.toContain(app.appStore.projectByKey(key)?.id)
  })
})

describe('catalogue', () => {
  test('catalogue tells what the categories of a project say of themselves', async () => {
    const app = machineApp()
    app.store.report(app.key, 'load', 'no such file', app.now)
    const catalogue = await get(app, `/api/v1/catalogue?project=${app.key}`, CatalogueSchema)
    expect(catalogue).toMatchObject({ project: { key: app.key, name: 'nas' }, now: app.now })
    expect(catalogue.categories).toMatchObject([
      {
        name: 'load',
        help: 'Load average',
        error: { message: 'no such file', since: app.now },
        series: [{ label: '1 min' }],
      },
      { name: 'storage', graph: false, error: null, firstTime: app.now - minute, lastTime: app.now - 1000 },
    ])
  })

  test('catalogue takes a name for a key, and this machine if none is given', async () => {
    const app = machineApp()
    const { key } = app.appStore.createProject({ name: 'My Greenhouse', kind: 'custom' })
    const named = await get(app, '/api/v1/catalogue?project=My+Greenhouse', CatalogueSchema)
    expect(named.project.key).toBe(key)
    expect((await get(app, '/api/v1/catalogue', CatalogueSchema)).project.key).toBe(app.key)
  })

  test('catalogue names the nearest project', async () => {
    expect(await refusal(machineApp(), '/api/v1/catalogue?project=nass')).toMatchObject({
      ...{ status: 404, code: 'not-found', field: 'project', given: 'nass', expected: 'perhaps nas' },
    })
  })

  test('catalogue says so when the machine has no project yet', async () => {
    expect(await refusal(testApp(), '/api/v1/catalogue')).toMatchObject({ status: 404, field: 'project' })
  })
})

describe('query', () => {
  const window = ({ now }: { now: number }) => `from=${now - minute}&to=${now}`

  test('query answers count, min, mean and max per bucket', async () => {
    const app = machineApp()
    const path = `/api/v1/query?category=load&buckets=6&${window(app)}`
    const result = await get(app, path, QueryResultSchema)
    expect(result).toMatchObject({ project: app.key, from: app.now - minute, to: app.now })
    expect(result.categories).toEqual([
      {
        name: 'load',
        ...{ from: app.now - minute, stepMs: 10_000, length: 6 },
        series: [
          {
            ...{ id: 1, label: '1 min' },
            count: [10, 10, 10, 10, 10, 10],
            min: [0, 10, 20, 30, 40, 50],
            mean: [4.5, 14.5, 24.5, 34.5, 44.5, 54.5],
            max: [9, 19, 29, 39, 49, 59],
          },
        ],
      },
    ])
  })

  test('query writes gaps as null and bits of values as they are', async () => {
    const app = machineApp()
    const value = 0.1 + 0.2
    app.store.append([{ project: app.key, category: 'odd', label: 'x', time: app.now, value }])
    const path = `/api/v1/query?category=odd&from=${app.now - 2000}&to=${app.now + 2000}&buckets=4`
    const { categories } = await get(app, path, QueryResultSchema)
    expect(categories[0]?.series[0]).toMatchObject({
      ...{ count: [0, 0, 1, 0], min: [null, null, value, null] },
      ...{ mean: [null, null, value, null], max: [null, null, value, null] },
    })
  })

  test('query rounds means of several points to nine digits', async () => {
    const app = machineApp()
    for (const [i, value] of [1, 1, 2].entries()) {
      app.store.append([{ project: app.key, category: 'odd', label: 'x', time: app.now + i, value }])
    }
    const path = `/api/v1/query?category=odd&from=${app.now}&to=${app.now + 1000}&buckets=1`
    const { categories } = await get(app, path, QueryResultSchema)
    expect(categories[0]?.series[0]?.mean).toEqual([1.33333333])
  })

  test('query answers all categories with a graph when none is named, and each named one once', async () => {
    const app = machineApp()
    const names = async (search: string) =>
      (await get(app, `/api/v1/query?${window(app)}${search}`, QueryResultSchema)).categories.map(
        ({ name }) => name,
      )
    expect(await names('')).toEqual(['load'])
    expect(await names('&category=storage&category=load&category=storage')).toEqual(['storage', 'load'])
  })

  test('query is about the last hour in 400 buckets when nothing is said', async () => {
    const app = machineApp()
    const { from, to, categories } = await get(app, '/api/v1/query', QueryResultSchema)
    expect([from, to]).toEqual([app.now - 60 * minute, app.now])
    expect(categories[0]?.stepMs).toBe(10_000)
    expect(categories[0]?.length).toBeLessThanOrEqual(400)
  })

  test('query reads times as they are written', async () => {
    const app = machineApp()
    const path = '/api/v1/query?from=2026-01-31T03:11:00Z&to=1769829120'
    expect(await get(app, path, QueryResultSchema)).toMatchObject({ from: app.now - minute, to: app.now })
  })

  test.each<[string, string, string]>([
    ['category=lod', 'category', 'perhaps load'],
    ['project=nowhere', 'project', ''],
  ])('query does not find %s', async (search, field, expected) => {
    const error = await refusal(machineApp(), `/api/v1/query?${search}`)
    expect(error).toMatchObject({ status: 404, code: 'not-found', field })
    expect('expected' in error ? error.expected : '').toBe(expected)
  })

  test.each<[string, string]>([
    ['buckets=0', 'buckets'],
    ['buckets=2001', 'buckets'],
    ['buckets=4.5', 'buckets'],
    ['buckets=many', 'buckets'],
    ['buckets=', 'buckets'],
    ['buckets=3&buckets=4', 'buckets'],
    ['from=yesterday', 'from'],
    ['from=2026-02-30', 'from'],
    ['to=NaN', 'to'],
    ['from=2000&to=2000', 'from'],
    ['from=2001&to=2000', 'from'],
    ['from=0&to=8000000000000000', 'to'],
  ])('query refuses %s', async (search, field) => {
    const error = await refusal(machineApp(), `/api/v1/query?${search}`)
    expect(error).toMatchObject({
      status: 400,
      code: 'invalid',
      field,
      expected: expect.stringMatching(/\w/),
    })
    expect(error).toHaveProperty('given')
  })
})

describe('latest and at', () => {
  test('latest answers the newest value of every series', async () => {
    const app = machineApp()
    const { time, values } = await get(app, '/api/v1/latest', ValuesSchema)
    expect(time).toBe(app.now)
    expect(values).toMatchObject([
      { category: 'load', label: '1 min', time: app.now - 1000, value: 59 },
      { category: 'storage', label: '/', time: app.now - 1000, value: 7 },
    ])
  })

  test('at answers the values of a moment', async () => {
    const app = machineApp()
    const moment = app.now - 30_400
    const { time, values } = await get(app, `/api/v1/at?time=${moment}`, ValuesSchema)
    expect(time).toBe(moment)
    expect(values).toMatchObject([{ value: 29, time: app.now - 31_000 }, { value: 7 }])
  })

  test('at answers nothing for a moment without points', async () => {
    const app = machineApp()
    expect((await get(app, `/api/v1/at?time=${app.now - 10 * minute}`, ValuesSchema)).values).toEqual([])
  })
})

describe('answers with many numbers', () => {
  const elsewhere = '192.168.1.20'
  const ask = async (app: TestApp, encoding: string, path = '/api/v1/query', from = elsewhere) =>
    app.request(path, { headers: { 'Accept-Encoding': encoding, Cookie: await pairedCookie(app) }, from })

  test.each([
    ['/api/v1/query', 2],
    ['/api/v1/query?format=binary&buckets=1000&from=1769828520&to=1769829120', 2],
  ])('answers with many numbers are compressed for those who can read that: %s', async (path, times) => {
    const app = machineApp()
    const many = Array.from({ length: 600 }, (_, i) => ({
      time: app.now - i * 1000,
      value: Math.sin(i % 60),
    }))
    app.store.append(many.map((point) => ({ ...point, project: app.key, category: 'load', label: 'sine' })))
    const plain = Buffer.from(await (await ask(app, '', path)).arrayBuffer())
    const response = await ask(app, 'br, gzip', path)
    expect(response.headers.get('Content-Encoding')).toBe('gzip')
    expect(response.headers.get('Vary')).toContain('Accept-Encoding')
    const packed = Buffer.from(await response.arrayBuffer())
    expect(gunzipSync(packed).equals(plain)).toBe(true)
    expect(packed.length).toBeLessThan(plain.length / times)
  })

  test.each(['', 'br', 'gzip;q=0'])(
    'answers with many numbers stay as they are for "%s"',
    async (encoding) => {
      const response = await ask(machineApp(), encoding)
      expect(response.headers.get('Content-Encoding')).toBeNull()
      expect(QueryResultSchema.parse(await response.json()).categories).toHaveLength(1)
    },
  )

  test('answers to this machine, small ones and streams are not compressed', async () => {
    const app = machineApp()
    const paths = ['/api/v1/session', '/api/v1/stream'].map((path) => [path, elsewhere] as const)
    for (const [path, from] of [...paths, ['/api/v1/query', '127.0.0.1'] as const]) {
      const response = await ask(app, 'gzip', path, from)
      expect(response.headers.get('Content-Encoding')).toBeNull()
      await response.body?.cancel()
    }
  })
})

describe('binary answers', () => {
  const path = '/api/v1/query?buckets=30'
  const binary = async (app: TestApp, search: string, Accept: string) => {
    const response = await app.request(`${path}${search}`, { headers: { Accept } })
    expect(response.headers.get('Vary')).toContain('Accept')
    return response
  }

  test('binary answers hold what the JSON holds, gaps too', async () => {
    const app = machineApp()
    const { project, from, to, categories } = await get(app, path, QueryResultSchema)
    const response = await binary(app, '', 'application/octet-stream')
    expect(response.headers.get('Content-Type')).toBe('application/octet-stream')
    const result = decodeBuckets(new Uint8Array(await response.arrayBuffer()))
    expect(result).toMatchObject({ project, from, to })
    const plain = (column: Float64Array) => [...column].map((value) => (Number.isNaN(value) ? null : value))
    expect(
      result.categories.map(({ series, ...rest }) => ({
        ...rest,
        series: series.map(({ id, label, ...columns }) => ({
          ...{ id, label, count: [...columns.count], min: plain(columns.min), max: plain(columns.max) },
          mean: plain(columns.mean).map((mean) => mean && Number(mean.toPrecision(9))),
        })),
      })),
    ).toEqual(categories)
  })

  test.each([
    ['', 'application/octet-stream, */*', 'application/octet-stream'],
    ['', 'application/json, application/octet-stream', 'application/json'],
    ['', '*/*', 'application/json'],
    ['&format=binary', '*/*', 'application/octet-stream'],
    ['&format=json', 'application/octet-stream', 'application/json'],
  ])('binary answers are for those who ask: "%s" with Accept %s', async (search, accept, type) => {
    const { headers } = await binary(machineApp(), search, accept)
    expect(headers.get('Content-Type')).toBe(type)
  })

  test('binary answers are one of two formats', async () => {
    const refused = await refusal(machineApp(), `${path}&format=xml`)
    expect(refused).toMatchObject({ status: 400, field: 'format', expected: 'json or binary' })
  })
})
