import { readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, onTestFinished, test } from 'vitest'
import { type RetentionState, RetentionStateSchema, type WireRetention } from '../../../common/wire.ts'
import { pairedCookie, type TestApp, testApp } from '../support/test-app.ts'

const day = 86_400
const path = '/api/v1/retention'
const config = '# mine\n[Generator]\nMaxAge = 30d   # a month\n\n[Retention]\nload = 7d, 1d\n'
const kept: WireRetention = { maxAgeSeconds: 60 * day, fullResolutionSeconds: 7 * day, categories: [] }

/** A machine with a point a second in two categories for three hours. */
function machineApp(options: Parameters<typeof testApp>[0] = {}) {
  const app = testApp({ config, ...options })
  const { key: project } = app.appStore.machineProject('nas')
  const declaration = { help: '', unit: '', graph: true, everySeconds: 1, min: null, max: null }
  for (const category of ['load', 'disk I/O']) app.store.declare(project, category, declaration, {})
  const from = app.clock.now() - 3 * 3_600_000
  app.store.append(
    Array.from({ length: 3 * 3600 }, (_, second) => second).flatMap((second) =>
      ['load', 'disk I/O'].map((category) => ({
        ...{ project, category, label: 'a', time: from + second * 1000, value: second % 7 },
      })),
    ),
  )
  return app
}

async function read(app: TestApp): Promise<RetentionState> {
  const response = await app.request(path)
  expect(response.status).toBe(200)
  return RetentionStateSchema.parse(await response.json())
}

function save(app: TestApp, body: unknown, headers: Record<string, string> = {}, from = '127.0.0.1') {
  const type = { 'Content-Type': 'application/json' }
  return app.request(path, {
    method: 'PUT',
    headers: { ...type, ...headers },
    body: JSON.stringify(body),
    from,
  })
}

const refusal = async (response: Response) => {
  const { error } = (await response.json()) as { error: { field?: string; message: string } }
  return { status: response.status, ...error }
}

function setEnvironment(name: string, value: string): void {
  process.env[name] = value
  onTestFinished(() => {
    delete process.env[name]
  })
}

describe('retention', () => {
  test('retention tells the settings and what they cost by the measure of this history', async () => {
    const app = machineApp()
    const before = await read(app)
    expect(before).toMatchObject({
      ...{ maxAgeSeconds: 30 * day, fullResolutionSeconds: 14 * day, freeBytes: 50e9 },
      categories: [{ name: 'load', maxAgeSeconds: 7 * day, fullResolutionSeconds: day }],
      fixed: { maxAge: false, fullResolution: false, categories: false },
      storage: { ok: true, message: null, low: false },
    })
    expect(before.uses.map(({ category, pointsPerDay }) => [category, pointsPerDay])).toEqual([
      ['load', expect.closeTo(day, -2)],
      ['disk I/O', expect.closeTo(day, -2)],
    ])
    expect(before.bytes).toBeGreaterThan(0)
    expect(before.projectedBytes).toBeGreaterThan(7 * before.bytesPerDay)
  })

  test('retention saves in place, answers the new state and takes it up at once', async () => {
    const app = machineApp()
    const before = await read(app)
    const categories = [{ name: 'disk I/O', maxAgeSeconds: 365 * day, fullResolutionSeconds: null }]
    const response = await save(app, { ...kept, categories })
    expect(response.status).toBe(200)
    const after = RetentionStateSchema.parse(await response.json())
    expect(after).toMatchObject({ ...kept, categories })
    expect(after.projectedBytes).not.toBe(before.projectedBytes)
    expect(readFileSync(app.config, 'utf8')).toBe(
      '# mine\n[Generator]\nMaxAge = 60d   # a month\nFullResolution = 7d\n\n[Retention]\ndisk I/O = 1y\n',
    )
    expect(await read(app)).toMatchObject({ ...kept, categories })
  })

  test('retention decides how old an added point may be, by category', async () => {
    const app = machineApp()
    const add = (category: string, days: number) => {
      const time = app.clock.now() - days * day * 1000
      return app.request(
        `/add_data_point?projectid=testuuid&category=${category}&label=a&value=1&time=${time}`,
      )
    }
    const ages = async (category: string) => [
      (await add(category, 6)).status,
      (await add(category, 29)).status,
    ]
    expect(await ages('load')).toEqual([200, 400])
    expect(await ages('foo')).toEqual([200, 200])
    await save(app, { ...kept, maxAgeSeconds: 20 * day })
    expect(await ages('load')).toEqual([200, 400])
    expect(await ages('foo')).toEqual([200, 400])
    expect((await add('load', 19)).status).toBe(200)
  })

  test.each([
    ['an age that is too short', { ...kept, maxAgeSeconds: 1 }, 400, 'maxAgeSeconds'],
    ['an age that is no number', { ...kept, fullResolutionSeconds: '7d' }, 400, 'fullResolutionSeconds'],
    ['no list of categories', { ...kept, categories: undefined }, 400, 'categories'],
    [
      'a category with a line break',
      { ...kept, categories: [{ name: 'a\nb', maxAgeSeconds: day, fullResolutionSeconds: null }] },
      400,
      'categories.0.name',
    ],
    [
      'a category that is not there',
      { ...kept, categories: [{ name: 'laod', maxAgeSeconds: day, fullResolutionSeconds: null }] },
      404,
      'category',
    ],
    [
      'a category that is named twice',
      {
        ...kept,
        categories: [1, 2].map((days) => ({
          ...{ name: 'load', maxAgeSeconds: days * day, fullResolutionSeconds: null },
        })),
      },
      400,
      'categories',
    ],
  ])('retention refuses %s and leaves the file alone', async (_, body, status, field) => {
    const app = machineApp()
    expect(await refusal(await save(app, body))).toMatchObject({ status, field })
    expect(readFileSync(app.config, 'utf8')).toBe(config)
  })

  test('retention keeps what differs for a category that is gone', async () => {
    const app = testApp({ config })
    const { status } = await save(app, { ...kept, categories: (await read(app)).categories })
    expect(status).toBe(200)
    expect(readFileSync(app.config, 'utf8')).toContain('load = 7d, 1d')
  })

  test('retention refuses to save what the environment says, and says so before', async () => {
    setEnvironment('POCKETSTATS_GENERATOR_MAXAGE', '30d')
    const app = machineApp()
    expect((await read(app)).fixed).toEqual({ maxAge: true, fullResolution: false, categories: false })
    const refused = await refusal(await save(app, kept))
    expect(refused).toMatchObject({
      status: 409,
      message: expect.stringContaining('POCKETSTATS_GENERATOR_MAXAGE'),
    })
    expect((await save(app, { ...kept, maxAgeSeconds: 30 * day })).status).toBe(200)
  })

  test('retention refuses to change a file with mistakes', async () => {
    const app = machineApp()
    writeFileSync(app.config, '[Generator]\nMaxAge = soon\n')
    expect(await refusal(await save(app, kept))).toMatchObject({
      ...{ status: 409, message: expect.stringContaining('my.conf:2: MaxAge = soon') },
    })
  })

  test('retention is for paired devices and this machine, and not for pages of others', async () => {
    const app = machineApp()
    expect((await save(app, kept, {}, '192.168.1.20')).status).toBe(401)
    expect((await app.request(path, { from: '192.168.1.20' })).status).toBe(401)
    const Cookie = await pairedCookie(app)
    expect((await save(app, kept, { Cookie, Origin: 'https://evil.example' }, '192.168.1.20')).status).toBe(
      403,
    )
    expect((await save(app, kept, { Cookie, 'Sec-Fetch-Site': 'cross-site' }, '192.168.1.20')).status).toBe(
      403,
    )
    expect((await save(app, kept, { Cookie }, '192.168.1.20')).status).toBe(200)
  })

  test('retention says that the disk is almost full', async () => {
    let free = 1e9
    const app = machineApp({ freeBytes: () => free })
    expect((await read(app)).storage.low).toBe(false)
    free = 1e6
    app.clock.pass(2000)
    expect(await read(app)).toMatchObject({ freeBytes: 1e6, storage: { ok: true, low: true } })
  })
})
