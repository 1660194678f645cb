import { describe, expect, test } from 'vitest'
import { type TestApp, testApp } from '../support/test-app.ts'

interface Parameter {
  name: string
  in: string
  required: boolean
  schema: { example?: unknown }
}

interface Operation {
  operationId: string
  summary: string
  parameters?: Parameter[]
  requestBody?: { content: Record<string, { schema: object }> }
  responses: Record<string, { description: string; content?: Record<string, { schema: object }> }>
}

interface Document {
  openapi: string
  info: { title: string; version: string }
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, { properties?: Record<string, { example?: unknown }> }> }
}

const document = async (app: TestApp = testApp()): Promise<Document> =>
  (await (await app.request('/api/v1/openapi.json', { from: '192.168.1.20' })).json()) as Document

const operations = ({ paths }: Document) =>
  Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  )

const references = (value: unknown): string[] => {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) =>
    key === '$ref' && typeof inner === 'string' ? [inner] : references(inner),
  )
}

/** As fresh as after the first start. */
function exampleApp(): TestApp {
  const app = testApp()
  app.appStore.machineProject('nas')
  return app
}

describe('openapi.json', () => {
  test('openapi.json is an OpenAPI 3.1 document of every route', async () => {
    const { openapi, info, paths } = await document()
    expect(openapi).toBe('3.1.0')
    expect(info).toMatchObject({ title: 'Pocketstats', version: 'test' })
    expect(Object.keys(paths).sort()).toEqual([
      '/add_data_point',
      '/add_data_points',
      '/api/v1/at',
      '/api/v1/catalogue',
      '/api/v1/devices',
      '/api/v1/devices/{id}',
      '/api/v1/export',
      '/api/v1/hand-over',
      '/api/v1/latest',
      '/api/v1/pair',
      '/api/v1/pairing-codes',
      '/api/v1/passkeys',
      '/api/v1/passkeys/options',
      '/api/v1/passkeys/sign-in',
      '/api/v1/passkeys/sign-in/options',
      '/api/v1/plugins',
      '/api/v1/plugins/{name}',
      '/api/v1/project',
      '/api/v1/projects',
      '/api/v1/projects/{key}',
      '/api/v1/projects/{key}/id',
      '/api/v1/query',
      '/api/v1/retention',
      '/api/v1/session',
      '/api/v1/stream',
      '/api/v1/tokens',
      '/api/v1/tokens/{id}',
      '/api/v1/write',
      '/api/v2/write',
      '/collectd',
      '/healthz',
      '/metrics',
      '/metrics/job/{job}',
      '/register',
      '/write',
    ])
    expect(Object.keys(paths['/add_data_point'] ?? {}).sort()).toEqual(['get', 'post'])
  })

  test('openapi.json gives every operation a name of its own, a summary and described answers', async () => {
    const all = operations(await document())
    expect(new Set(all.map(({ operation }) => operation.operationId)).size).toBe(all.length)
    for (const { operation } of all) {
      expect(operation.summary).toMatch(/^\w/)
      expect(Object.keys(operation.responses).some((status) => status.startsWith('2'))).toBe(true)
      for (const [status, response] of Object.entries(operation.responses)) {
        expect(status).toMatch(/^\d{3}$/)
        expect(response.description).toMatch(/^\w/)
      }
      for (const parameter of operation.parameters ?? []) {
        expect(parameter).toMatchObject({
          in: expect.stringMatching(/^(query|path)$/),
          schema: expect.any(Object),
        })
      }
    }
  })

  test('openapi.json refers only to what it defines', async () => {
    const whole = await document()
    const defined = Object.keys(whole.components.schemas).map((name) => `#/components/schemas/${name}`)
    const referred = references(whole)
    expect(referred.length).toBeGreaterThan(5)
    expect(referred.filter((reference) => !defined.includes(reference))).toEqual([])
  })

  test('openapi.json gives examples that work as they stand', async () => {
    const app = exampleApp()
    const gets = operations(await document(app)).filter(
      ({ method, path }) => method === 'get' && path !== '/healthz',
    )
    expect(gets.length).toBeGreaterThan(7)
    for (const { path, operation } of gets) {
      const search = new URLSearchParams()
      for (const { name, schema } of operation.parameters ?? []) {
        for (const example of [schema.example ?? []].flat()) search.append(name, String(example))
      }
      const response = await app.request(`${path}?${search}`)
      expect([path, response.status]).toEqual([path, 200])
      await response.body?.cancel()
    }
  })

  test('openapi.json gives an example of a posted point that works as it stands', async () => {
    const app = exampleApp()
    const { components } = await document(app)
    const fields = Object.entries(components.schemas.Point?.properties ?? {})
    const body = Object.fromEntries(
      fields.flatMap(([name, { example }]) => (example === undefined ? [] : [[name, example]])),
    )
    expect(Object.keys(body)).toEqual([
      'projectid',
      'category',
      'label',
      'value',
      'unit',
      'min',
      'max',
      'graph',
      'interval',
    ])
    const headers = { 'Content-Type': 'application/json' }
    const response = await app.request('/add_data_point', {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
    })
    expect(await response.json()).toEqual({ ok: true, time: Date.UTC(2026, 0, 31, 3, 12) })
  })
})
