import { describe, expect, test } from 'vitest'
import type { WireError } from '../../../common/wire.ts'
import { type Request, type TestApp, testApp } from '../support/test-app.ts'

const good = { projectid: 'testuuid', category: 'foo', label: 'bar', value: '42' }
const now = Date.UTC(2026, 0, 31, 3, 12)
const dayMs = 86_400_000

const query = (fields: Record<string, string>) => `/add_data_point?${new URLSearchParams(fields)}`

const json = (body: unknown): Request => ({
  method: 'POST',
  headers: { 'Content-Type': 'application/json' },
  body: typeof body === 'string' ? body : JSON.stringify(body),
})

const form = (fields: Record<string, string>): Request => ({
  method: 'POST',
  body: new URLSearchParams(fields),
})

const stored = ({ store }: TestApp, project = 'testuuid') =>
  store.latest(project).map(({ category, label, time, value }) => ({ category, label, time, value }))

const refusal = async (response: Response): Promise<WireError['error']> =>
  ((await response.json()) as WireError).error

describe('add_data_point', () => {
  const ways: [string, string, Request][] = [
    ['the address', query(good), {}],
    ['POST with the address', query(good), { method: 'POST' }],
    ['a form', '/add_data_point', form(good)],
    ['JSON', '/add_data_point', json({ ...good, value: 42 })],
    ['JSON with the number as text', '/add_data_point', json(good)],
    ['JSON with null for what is left out', '/add_data_point', json({ ...good, time: null, unit: null })],
    [
      'address and form together',
      query({ projectid: 'testuuid' }),
      form({ category: 'foo', label: 'bar', value: '42' }),
    ],
  ]
  test.each(ways)('add_data_point stores a point given by %s', async (_way, path, init) => {
    const app = testApp()
    const response = await app.request(path, init)
    expect(response.status).toBe(200)
    expect(await response.json()).toEqual({ ok: true, time: now })
    expect(stored(app)).toEqual([{ category: 'foo', label: 'bar', time: now, value: 42 }])
  })

  test('add_data_point stores a point given by a multipart form', async () => {
    const app = testApp()
    const body = new FormData()
    for (const [field, value] of Object.entries(good)) body.set(field, value)
    expect((await app.request('/add_data_point', { method: 'POST', body })).status).toBe(200)
    expect(stored(app)).toEqual([{ category: 'foo', label: 'bar', time: now, value: 42 }])
  })

  test.each([
    ['1769829060', now - 60_000],
    ['1769829060.5', now - 59_500],
    ['1769829060000', now - 60_000],
    ['2026-01-31T03:11:00Z', now - 60_000],
    ['2026-01-31T04:11:00+01:00', now - 60_000],
    [String((now + 300_000) / 1000), now + 300_000],
    [String((now - 7 * dayMs) / 1000), now - 7 * dayMs],
  ])('add_data_point reads the time %s', async (time, expected) => {
    const app = testApp()
    const response = await app.request(query({ ...good, time }))
    expect(await response.json()).toEqual({ ok: true, time: expected })
    expect(stored(app)).toEqual([{ category: 'foo', label: 'bar', time: expected, value: 42 }])
  })

  test.each([
    ['0', 0],
    ['-1.5', -1.5],
    ['+7', 7],
    ['.5', 0.5],
    ['1e3', 1000],
    ['1.7976931348623157e308', Number.MAX_VALUE],
    ['5e-324', 5e-324],
    ['0.1', 0.1],
  ])('add_data_point reads the value %s', async (value, expected) => {
    const app = testApp()
    await app.request(query({ ...good, value }))
    expect(stored(app)[0]?.value).toBe(expected)
  })

  test('add_data_point keeps names in any script, without the spaces around them', async () => {
    const app = testApp()
    await app.request(query({ ...good, category: ' Gewächshaus ', label: '温度 👩‍🌾' }))
    expect(stored(app)).toEqual([{ category: 'Gewächshaus', label: '温度 👩‍🌾', time: now, value: 42 }])
  })

  test('add_data_point replaces a point at a time that its series already has', async () => {
    const app = testApp()
    for (const value of ['1', '2']) await app.request(query({ ...good, value }))
    const { series } = app.store.query({
      project: 'testuuid',
      category: 'foo',
      from: now - 1000,
      to: now + 1,
      buckets: 10,
    })
    expect(series[0]?.count.reduce((a, b) => a + b)).toBe(1)
    expect(stored(app)[0]?.value).toBe(2)
  })
})

describe('add_data_point refuses', () => {
  const long = 'x'.repeat(129)
  const without = (field: string) => Object.fromEntries(Object.entries(good).filter(([key]) => key !== field))
  const cases: [string, Record<string, string>, string, unknown][] = [
    ['no projectid', without('projectid'), 'projectid', undefined],
    ['no category', without('category'), 'category', undefined],
    ['no label', without('label'), 'label', undefined],
    ['no value', without('value'), 'value', undefined],
    ['an empty projectid', { ...good, projectid: '' }, 'projectid', ''],
    ['an empty category', { ...good, category: '' }, 'category', ''],
    ['an empty label', { ...good, label: ' ' }, 'label', ' '],
    ['a long projectid', { ...good, projectid: long }, 'projectid', long],
    ['a long category', { ...good, category: long }, 'category', long],
    ['a long label', { ...good, label: long }, 'label', long],
    ['a line break in a label', { ...good, label: 'a\nb' }, 'label', 'a\nb'],
    ['a control character in a category', { ...good, category: 'a\u0000b' }, 'category', 'a\u0000b'],
    ['text that is turned around', { ...good, label: 'a\u202Eb' }, 'label', 'a\u202Eb'],
    ...[
      '',
      ' ',
      'NaN',
      'Infinity',
      '-Infinity',
      'inf',
      'four',
      '0x10',
      '1,5',
      '1e999',
      '12px',
      '1_000',
      'null',
    ].map((value): [string, Record<string, string>, string, unknown] => [
      `the value "${value}"`,
      { ...good, value },
      'value',
      value,
    ]),
    ...['', 'yesterday', '-1', '2026-02-30', '1769829421', '9e15', '1738293119', '0', 'NaN'].map(
      (time): [string, Record<string, string>, string, unknown] => [
        `the time "${time}"`,
        { ...good, time },
        'time',
        time,
      ],
    ),
    ['a limit that is no number', { ...good, min: 'low' }, 'min', 'low'],
    ['limits the wrong way round', { ...good, min: '5', max: '5' }, 'max', 5],
    ['a long unit', { ...good, unit: long }, 'unit', long],
    ['a field that does not exist', { ...good, tiem: '1' }, 'tiem', '1'],
  ]
  test.each(cases)('add_data_point refuses %s', async (_what, fields, field, given) => {
    const app = testApp()
    for (const response of [
      await app.request(query(fields)),
      await app.request('/add_data_point', form(fields)),
      await app.request('/add_data_point', json(fields)),
    ]) {
      expect(response.status).toBe(400)
      const error = await refusal(response)
      expect(error).toMatchObject({ code: 'invalid', field })
      expect(error.given).toEqual(given)
      expect(error.expected).toMatch(/\w/)
      expect(error.message).toContain(field)
    }
    expect(app.appStore.projects()).toEqual([])
  })

  test('add_data_point names the nearest field that exists', async () => {
    const error = await refusal(await testApp().request(query({ ...good, tiem: '1' })))
    expect(error.message).toBe('there is no field tiem; did you mean time?')
  })

  test.each<[string, Request, string]>([
    ['broken JSON', json('{"projectid":'), 'body'],
    ['an empty JSON list', json('[]'), 'body'],
    ['a JSON list of other things', json([good, 42]), 'body'],
    ['JSON text', json('"42"'), 'body'],
    ['JSON null', json('null'), 'body'],
    ['a number as label', json({ ...good, label: 5 }), 'label'],
    ['an object as value', json({ ...good, value: {} }), 'value'],
    ['true as value', json({ ...good, value: true }), 'value'],
    ['an infinite JSON number', json(`{"projectid":"p","category":"c","label":"l","value":1e999}`), 'value'],
    ['half a surrogate pair', json(`{"projectid":"p","category":"c","label":"\\ud800","value":1}`), 'label'],
    ['a field named like a prototype', json('{"__proto__":{"value":1}}'), 'projectid'],
    ['plain text', { method: 'POST', body: JSON.stringify(good) }, 'Content-Type'],
    [
      'JSON that is said to be a form',
      {
        method: 'POST',
        headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
        body: JSON.stringify(good),
      },
      'Content-Type',
    ],
    [
      'bytes that are no text',
      { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: new Uint8Array([0xff, 0xfe]) },
      'body',
    ],
    [
      'a broken multipart form',
      { method: 'POST', headers: { 'Content-Type': 'multipart/form-data; boundary=x' }, body: 'no form' },
      'body',
    ],
    ['an empty body', json(''), 'projectid'],
  ])('add_data_point refuses %s', async (_what, init, field) => {
    const response = await testApp().request('/add_data_point', init)
    expect(response.status).toBe(400)
    const error = await refusal(response)
    expect(error).toMatchObject({ code: 'invalid', field })
    expect(error.message).not.toBe('')
  })

  test('add_data_point refuses a file where text belongs', async () => {
    const body = new FormData()
    for (const [field, value] of Object.entries(good)) body.set(field, value)
    body.set('value', new File(['42'], 'value.txt'))
    const response = await testApp().request('/add_data_point', { method: 'POST', body })
    expect(response.status).toBe(400)
    expect(await refusal(response)).toMatchObject({ field: 'value' })
  })

  test('add_data_point refuses a field that is given twice', async () => {
    const app = testApp()
    const twice: [string, Request][] = [
      [`${query(good)}&value=43`, {}],
      ['/add_data_point', { ...form(good), body: `${new URLSearchParams(good)}&value=43` }],
      [query({ value: '43' }), json(good)],
    ]
    for (const [path, init] of twice) {
      const headers =
        typeof init.body === 'string' && !init.headers
          ? { 'Content-Type': 'application/x-www-form-urlencoded' }
          : (init.headers ?? {})
      const response = await app.request(path, { ...init, headers })
      expect(response.status).toBe(400)
      expect(await refusal(response)).toMatchObject({ field: 'value', expected: 'one value' })
    }
    expect(app.appStore.projects()).toEqual([])
  })

  test('add_data_point refuses a body over 64 KiB with 413, also one that does not say its length', async () => {
    const app = testApp()
    const big = `{"label":"${'x'.repeat(65_536)}"}`
    const stream = new Blob([big]).stream()
    const headers = { 'Content-Type': 'application/json' }
    const length = String(big.length)
    for (const [response, given] of [
      [
        await app.request('/add_data_point', {
          ...{ method: 'POST', body: big },
          headers: { ...headers, 'Content-Length': length },
        }),
        length,
      ],
      [
        await app.app.request('http://localhost/add_data_point', {
          ...{ method: 'POST', headers, body: stream },
          duplex: 'half',
        } as RequestInit),
        'more than 65536',
      ],
    ] as const) {
      expect(response.status).toBe(413)
      const expected = { code: 'too-large', field: 'body', given, expected: 'at most 65536 bytes' }
      expect(await refusal(response)).toMatchObject(expected)
    }
  })

  test('add_data_point takes a body of exactly 64 KiB as far as its size goes', async () => {
    const body = JSON.stringify(good).padEnd(65_536)
    const response = await testApp().request('/add_data_point', json(body))
    expect(response.status).toBe(200)
  })

  test.each(['HEAD', 'PUT', 'DELETE', 'PATCH'])('add_data_point adds nothing by %s', async (method) => {
    const app = testApp()
    const response = await app.request(query(good), { method })
    expect(response.status).toBe(405)
    expect(response.headers.get('Allow')).toContain('POST')
    expect(app.appStore.projects()).toEqual([])
  })
})

describe('add_data_point and the declaration of its series', () => {
  const series = ({ store }: TestApp) => store.catalogue('testuuid')[0]?.series

  test('add_data_point keeps unit and limits, and what is not said again', async () => {
    const app = testApp()
    await app.request(query({ ...good, unit: '°C', min: '-20', max: '60' }))
    await app.request(query(good))
    await app.request(query({ ...good, max: '80' }))
    expect(series(app)).toMatchObject([{ label: 'bar', unit: '°C', min: -20, max: 80 }])
    expect(app.store.catalogue('testuuid')[0]).toMatchObject({ unit: '°C', min: null, max: null })
  })

  test('add_data_point gives limits to its own series only', async () => {
    const app = testApp()
    await app.request(query({ ...good, max: '100' }))
    await app.request(query({ ...good, label: 'other' }))
    expect(series(app)).toMatchObject([
      { label: 'bar', max: 100 },
      { label: 'other', max: null },
    ])
  })

  test('add_data_point gives an undeclared category the first unit that comes', async () => {
    const app = testApp()
    await app.request(query(good))
    await app.request(query({ ...good, unit: 'kWh' }))
    expect(app.store.catalogue('testuuid')[0]?.unit).toBe('kWh')
    await app.request(query({ ...good, label: 'other', unit: 'W' }))
    expect(app.store.catalogue('testuuid')[0]?.unit).toBe('kWh')
    expect(series(app)).toMatchObject([{ unit: 'kWh' }, { unit: 'W' }])
  })

  test('add_data_point keeps help, interval and whether there is a graph, by their last word', async () => {
    const app = testApp()
    const said = { help: 'Water in the tank', graph: 'no', interval: '10s' }
    await app.request(query({ ...good, ...said }))
    const declared = { help: said.help, graph: false, everySeconds: 10 }
    expect(app.store.catalogue('testuuid')).toMatchObject([declared])
    await app.request('/add_data_point', json({ ...good, graph: true, interval: 0.5 }))
    expect(app.store.catalogue('testuuid')).toMatchObject([{ ...declared, graph: true, everySeconds: 0.5 }])
    for (const [field, value] of Object.entries({
      graph: 'perhaps',
      interval: 'often',
      help: 'x'.repeat(501),
    })) {
      const response = await app.request(query({ ...good, [field]: value }))
      expect([field, response.status]).toEqual([field, 400])
      expect(await refusal(response)).toMatchObject({
        field,
        given: expect.stringMatching(value.slice(0, 50)),
      })
    }
  })

  test('add_data_point leaves what a gather declared as it is', async () => {
    const app = testApp()
    const { id, key } = app.appStore.machineProject('nas')
    const declaration = {
      help: 'Memory in use',
      unit: 'byte',
      graph: true,
      everySeconds: 1,
      min: 0,
      max: 1000,
    }
    app.store.declare(key, 'memory', declaration, { RAM: { unit: null, min: null, max: null } })
    await app.request(
      query({ projectid: id, category: 'memory', label: 'mine', value: '1', unit: 'MB', max: '5' }),
    )
    const [memory] = app.store.catalogue(key)
    expect(memory).toMatchObject(declaration)
    expect(memory?.series).toMatchObject([
      { label: 'RAM', unit: 'byte', min: 0, max: 1000 },
      { label: 'mine', unit: 'MB', min: 0, max: 5 },
    ])
  })
})

describe('add_data_point and a list', () => {
  test('add_data_point stores all points of a list, whosever they are, and what the address says of all', async () => {
    const app = testApp()
    const list = [
      { label: 'a', value: 1 },
      { label: 'b', value: '2', time: now - 1000, unit: 'W' },
    ]
    const response = await app.request(query({ projectid: 'testuuid', category: 'foo' }), json(list))
    expect(await response.json()).toEqual({ ok: true, points: 2 })
    expect(stored(app)).toMatchObject([
      { label: 'a', value: 1, time: now },
      { label: 'b', value: 2, time: now - 1000 },
    ])
    const others = ['one', 'two'].map((projectid) => ({ ...good, projectid }))
    expect(await (await app.request('/add_data_point', json(others))).json()).toEqual({ ok: true, points: 2 })
    expect(app.store.projects()).toEqual(['testuuid', 'one', 'two'])
  })

  test('add_data_point stores nothing of a list with a wrong point, and says which and why', async () => {
    const app = testApp()
    const list = [good, { ...good, value: 'warm' }, { ...good, time: 5 }, { ...good, projectid: 'new' }]
    const response = await app.request('/add_data_point', json(list))
    expect(response.status).toBe(400)
    const error = await refusal(response)
    expect(error).toMatchObject({ code: 'invalid', field: 'value', given: 'warm', refusedCount: 2 })
    expect(error.refused).toMatchObject([
      { line: 2, field: 'value', given: 'warm', expected: expect.stringContaining('finite') },
      { line: 3, field: 'time', message: 'time is too long ago' },
    ])
    expect(app.appStore.projects()).toEqual([])
    expect(app.store.projects()).toEqual([])
  })
})

describe('add_data_point and projects', () => {
  const elsewhere: [string, Request][] = [
    ['another machine', { from: '192.168.1.20' }],
    ['an unknown address', { from: '' }],
    ['another machine that calls it localhost', { from: '192.168.1.20', headers: { Host: 'localhost' } }],
    ['this machine by its address on the network', { headers: { Host: '192.168.1.2:5050' } }],
    ['this machine by its name', { headers: { Host: 'nas.local' } }],
    ...['Forwarded', 'X-Forwarded-For', 'X-Forwarded-Host', 'X-Forwarded-Proto', 'X-Real-IP', 'Via'].map(
      (name): [string, Request] => [`a proxy that says ${name}`, { headers: { [name]: 'x' } }],
    ),
    ['a page of another site', { headers: { 'Sec-Fetch-Site': 'cross-site' } }],
    ['a page of another port', { headers: { 'Sec-Fetch-Site': 'same-site' } }],
    ['a page of another origin', { headers: { Origin: 'https://evil.example' } }],
    ['a page of no origin', { headers: { Origin: 'null' } }],
  ]

  test.each(elsewhere)('add_data_point makes no project for %s', async (_who, init) => {
    const app = testApp()
    const response = await app.request(query(good), init)
    expect(response.status).toBe(404)
    const error = await refusal(response)
    expect(error).toMatchObject({ code: 'not-found', field: 'projectid' })
    expect(error.expected).toContain('/register')
    expect(app.appStore.projects()).toEqual([])
  })

  test.each(elsewhere)(
    'add_data_point takes points for a project that exists from %s',
    async (_who, init) => {
      const app = testApp()
      const { id, key } = app.appStore.createProject({ name: 'greenhouse', kind: 'custom' })
      expect((await app.request(query({ ...good, projectid: id }), init)).status).toBe(200)
      expect(stored(app, key)).toHaveLength(1)
    },
  )

  test.each(['127.0.0.1', '127.8.8.8', '::1', '::ffff:127.0.0.1'])(
    'add_data_point makes a project for a program on this machine (%s)',
    async (from) => {
      const app = testApp()
      for (const Host of ['127.0.0.1:7890', 'localhost:5050', '[::1]:5050', 'LOCALHOST.']) {
        expect(
          (await app.request(query({ ...good, projectid: Host }), { from, headers: { Host } })).status,
        ).toBe(200)
      }
    },
  )

  test('add_data_point says so when the id is the name of a project', async () => {
    const app = testApp()
    app.appStore.createProject({ name: 'greenhouse', kind: 'custom' })
    const response = await app.request(query({ ...good, projectid: 'greenhouse' }))
    expect(response.status).toBe(409)
    expect(await refusal(response)).toMatchObject({ code: 'conflict', field: 'projectid' })
  })
})
