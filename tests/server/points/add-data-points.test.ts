import { brotliCompressSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { WireError } from '../../../common/wire.ts'
import { type Request, type TestApp, testApp } from '../support/test-app.ts'

const now = Date.UTC(2026, 0, 31, 3, 12)
const path = '/add_data_points?projectid=tank'

const post = (body: BodyInit, type?: string): Request => ({
  ...{ method: 'POST', body },
  headers: type === undefined ? {} : { 'Content-Type': type },
})

const stored = ({ store }: TestApp, project = 'tank') =>
  store.latest(project).map(({ category, label, time, value }) => [category, label, time - now, value])

const errorOf = async (response: Response): Promise<WireError['error']> => {
  expect(response.status).toBe(400)
  return ((await response.json()) as WireError).error
}

const list = [
  { category: 'a', label: 'x', value: 1, time: now },
  { category: 'a', label: 'y', value: '2.5', time: '2026-01-31T03:11:59Z', unit: 'W' },
]
const bodies: [string, string, string][] = [
  ['a JSON array', JSON.stringify(list, null, 1), 'application/json'],
  ['NDJSON', `${list.map((one) => JSON.stringify(one)).join('\r\n\n')}\n`, 'application/x-ndjson'],
  [
    'CSV',
    `Label,category,value,time,unit\nx,a,1,${now},\n"y","a",2.5,2026-01-31T03:11:59Z,W`,
    'text/csv; charset=utf-8',
  ],
]

describe('add_data_points', () => {
  test('add_data_points needs no column for what its address says of all', async () => {
    const app = testApp()
    const response = await app.request(`${path}&category=a&label=x`, post('value,time\n1,\n', 'text/csv'))
    expect(await response.json()).toEqual({ ok: true, points: 1 })
    expect(stored(app)).toEqual([['a', 'x', 0, 1]])
    const refused = await app.request(path, post('label,value\nx,1\n', 'text/csv'))
    expect(await refused.json()).toMatchObject({ error: { refused: [{ line: 2, field: 'category' }] } })
  })

  test.each(bodies)('add_data_points stores %s, said to be one or not', async (_what, body, type) => {
    for (const given of [type, undefined, 'application/x-www-form-urlencoded']) {
      const app = testApp()
      const response = await app.request(path, post(body, given))
      expect(await response.json()).toEqual({ ok: true, points: 2 })
      expect(stored(app)).toEqual([
        ['a', 'x', 0, 1],
        ['a', 'y', -1000, 2.5],
      ])
      expect(app.store.catalogue('tank')[0]?.series[1]?.unit).toBe('W')
    }
  })

  test('add_data_points changes nothing when the same comes again', async () => {
    const app = testApp()
    const version = () => app.store.position()
    await app.request(path, post(JSON.stringify(list)))
    const before = version()
    expect((await app.request(path, post(JSON.stringify(list)))).status).toBe(200)
    expect(version()).toBe(before)
  })

  test('add_data_points takes the project from a header, the address, or each record', async () => {
    const app = testApp()
    const { id } = app.appStore.createProject({ name: 'green', kind: 'custom' })
    const elsewhere = { from: '192.168.1.20' }
    const bearer = { ...post(JSON.stringify(list)), ...elsewhere, headers: { Authorization: `Bearer ${id}` } }
    expect((await app.request('/add_data_points', bearer)).status).toBe(200)
    const own = post(`projectid,category,label,value\n${id},b,x,1\n${id},b,y,2`)
    expect((await app.request('/add_data_points', { ...own, ...elsewhere })).status).toBe(200)
    expect(stored(app, 'green')).toHaveLength(4)
    const shared = await app.request(`${path}&category=c&interval=10s`, post('[{"label":"z","value":1}]'))
    expect(shared.status).toBe(200)
    expect(app.store.catalogue('tank')[0]).toMatchObject({ name: 'c', everySeconds: 10 })
    const nobody = await app.request('/add_data_points?projectid=x', { ...post('[{}]'), ...elsewhere })
    expect(nobody.status).toBe(404)
  })

  test.each([
    [
      'JSON',
      '[{"category":"a","label":"x","value":1},{"label":"x"},7,{"category":"a","label":"x","value":1,"time":1}]',
      [2, 3, 4],
    ],
    [
      'NDJSON',
      '{"category":"a","label":"x","value":1}\n\n{"broken\n{"category":"a","label":"x","value":"warm"}',
      [3, 4],
    ],
    ['CSV', 'category,label,value\na,x,1\na,,2\na,x\n\na,x,"3\n4"\na,"x,5\n', [3, 4, 6, 8]],
  ] as const)(
    'add_data_points stores nothing of %s with faults, and tells each by its line',
    async (_what, body, lines) => {
      const app = testApp()
      const error = await errorOf(await app.request(path, post(body)))
      expect(error.refused?.map(({ line }) => line)).toEqual(lines)
      expect(error.refusedCount).toBe(lines.length)
      for (const one of error.refused ?? []) {
        expect(one).toMatchObject({ field: expect.any(String), message: expect.any(String) })
      }
      expect(app.appStore.projects()).toEqual([])
      expect(app.store.projects()).toEqual([])
    },
  )

  test.each([
    ['[1', undefined],
    ['[{"category":"a","label":"x","value":1},]', undefined],
    ['[] x', undefined],
    ['', 'application/json'],
    ['category,label,value,value', undefined],
  ])('add_data_points refuses %s whole', async (body, type) => {
    const error = await errorOf(await testApp().request(path, post(body, type)))
    expect(error).toMatchObject({ code: 'invalid', field: 'body', expected: expect.any(String) })
  })

  test('add_data_points tells a hundred refusals and counts the others', async () => {
    const body = JSON.stringify(Array.from({ length: 250 }, () => ({ label: 'x', value: 1 })))
    const error = await errorOf(await testApp().request(path, post(body)))
    expect([error.refused?.length, error.refusedCount]).toEqual([100, 250])
  })

  test('add_data_points takes packed bodies, and says what it does not understand', async () => {
    const app = testApp()
    const text = JSON.stringify(list)
    const packed = {
      gzip: gzipSync(text),
      deflate: deflateSync(text),
      br: brotliCompressSync(text),
      zstd: zstdCompressSync(text),
    }
    for (const [encoding, body] of Object.entries(packed)) {
      const response = await app.request(path, {
        method: 'POST',
        body,
        headers: { 'Content-Encoding': encoding },
      })
      expect([encoding, response.status]).toEqual([encoding, 200])
    }
    const xml = await app.request(path, post('<a/>', 'application/xml'))
    expect([xml.status, xml.headers.get('Content-Type')]).toEqual([415, 'application/json'])
    const huge = await app.request(path, {
      ...post('[]'),
      headers: { 'Content-Length': String(26 * 1024 * 1024) },
    })
    expect(huge.status).toBe(413)
  })

  test('add_data_points stores all of a body or nothing, and never breaks, however it is cut and changed', async () => {
    const app = testApp()
    const count = () =>
      app.store.projects().reduce((sum, project) => sum + app.store.latest(project).length, 0)
    const anyBody = fc
      .tuple(
        fc.constantFrom(...bodies.map(([, body]) => body)),
        fc.nat(200),
        fc.nat(40),
        fc.string({ maxLength: 3 }),
      )
      .map(([body, at, gone, put]) => body.slice(0, at) + put + body.slice(at + gone))
    await fc.assert(
      fc.asyncProperty(anyBody, fc.boolean(), async (body, isCut) => {
        const before = count()
        const response = await app.request(path, post(isCut ? body.slice(0, body.length / 2) : body))
        const answer = (await response.json()) as { points?: number }
        expect([200, 400]).toContain(response.status)
        if (response.status === 400) expect(count()).toBe(before)
        else expect(answer.points).toBeLessThanOrEqual(2)
      }),
      { numRuns: 300 },
    )
    expect(app.logged).toEqual([])
  })
})
