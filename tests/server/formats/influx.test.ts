import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { type Request, type TestApp, testApp } from '../support/test-app.ts'

const now = Date.UTC(2026, 0, 31, 3, 12)
const at = `${now}000000`

function greenhouse(settings: Record<string, string> = {}) {
  const app = testApp({ settings })
  const project = app.appStore.createProject({ name: 'greenhouse', kind: 'custom' })
  const headers = { Authorization: `Token ${project.id}` }
  const write = (body: BodyInit, init: Request = {}, search = '') =>
    app.request(`/api/v2/write?org=o&bucket=b${search}`, {
      method: 'POST',
      headers,
      body,
      from: '192.168.1.20',
      ...init,
    })
  return { ...app, project, headers, write }
}

const stored = ({ store }: Pick<TestApp, 'store'>, project = 'greenhouse') =>
  store.latest(project).map(({ category, label, time, value }) => [category, label, time - now, value])

const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`

describe('/api/v2/write', () => {
  test('/api/v2/write stores lines: measurement and tags are the category, fields the labels, text is left out', async () => {
    const app = greenhouse()
    const lines = `cpu,host=a,cpu=cpu\\ 0 usage=1.5,temp=40i,on=t,name="x y, z=1" ${at}\n# comment\n\nload v=-2e1\r\n`
    const response = await app.write(lines)
    expect([response.status, await response.text()]).toEqual([204, ''])
    expect(response.headers.get('X-Influxdb-Version')).toMatch(/^1\.8/)
    expect(stored(app)).toEqual([
      ['cpu host=a cpu=cpu 0', 'usage', 0, 1.5],
      ['cpu host=a cpu=cpu 0', 'temp', 0, 40],
      ['cpu host=a cpu=cpu 0', 'on', 0, 1],
      ['load', 'v', 0, -20],
    ])
  })

  test.each([
    ['ns', `${now}500000`, 1],
    ['us', `${now}499`, 0],
    ['ms', `${now - 5}`, -5],
    ['s', `${now / 1000 - 1}`, -1000],
  ])('/api/v2/write reads times in %s', async (precision, time, expected) => {
    const app = greenhouse()
    expect((await app.write(`m f=1 ${time}`, {}, `&precision=${precision}`)).status).toBe(204)
    expect(stored(app)).toEqual([['m', 'f', expected, 1]])
  })

  test('/api/v2/write stores nothing of a body with a line that is none, and names the line', async () => {
    const app = greenhouse()
    const response = await app.write(`m f=1 ${at}\nm f=warm\nnonsense`)
    expect(response.status).toBe(400)
    expect(await response.json()).toEqual({
      code: 'invalid',
      message: "unable to parse 'm f=warm': invalid boolean (and 1 more lines)",
      line: 2,
    })
    expect(app.store.projects()).toEqual([])
  })

  test('/api/v2/write stores the rest where points are too old, and says how many were dropped', async () => {
    const app = greenhouse()
    const response = await app.write(`m f=1 ${at}\nm f=2 5\nm f=3 6`)
    expect(response.status).toBe(400)
    const { code, message } = (await response.json()) as { code: string; message: string }
    expect(code).toBe('invalid')
    expect(message).toMatch(/^partial write: line 2: time is too long ago .* dropped=2$/)
    expect(stored(app)).toEqual([['m', 'f', 0, 1]])
  })

  test('/api/v2/write answers 429 with when to try again at the limits of the project', async () => {
    const app = greenhouse({ LIMITS_SERIESPERPROJECT: '1', LIMITS_POINTSPERSECOND: '1' })
    expect((await app.write('m a=1')).status).toBe(204)
    const fast = await app.write('m a=1')
    expect([fast.status, fast.headers.get('Retry-After')]).toEqual([429, '1'])
    expect(await fast.json()).toMatchObject({ code: 'too many requests' })
    app.clock.pass(5000)
    const full = await app.write('m b=1')
    expect([full.status, Number(full.headers.get('Retry-After'))]).toEqual([429, 3600])
    expect(await full.json()).toMatchObject({ message: expect.stringContaining('1 series') })
  })

  test('/api/v2/write takes packed bodies, and gives up on those that unpack to too much', async () => {
    const app = greenhouse()
    const packed = { headers: { ...app.headers, 'Content-Encoding': 'gzip' } }
    expect((await app.write(gzipSync(`m f=1 ${at}`), packed)).status).toBe(204)
    const bomb = await app.write(gzipSync(Buffer.alloc(30 * 1024 * 1024, 10)), packed)
    expect([bomb.status, await bomb.json()]).toMatchObject([413, { code: 'request too large' }])
    expect((await app.write('no gzip', packed)).status).toBe(400)
    const odd = await app.write('m f=1', { headers: { ...app.headers, 'Content-Encoding': 'lzw' } })
    expect(odd.status).toBe(415)
    expect(stored(app)).toHaveLength(1)
  })

  test('/api/v2/write refuses a token that opens nothing, and none', async () => {
    const app = greenhouse()
    for (const headers of [{ Authorization: 'Token wrong' }, {}]) {
      const response = await app.write('m f=1', { headers: headers as Record<string, string> })
      expect(response.status).toBe(401)
      expect(await response.json()).toMatchObject({ code: 'unauthorized' })
    }
  })

  test('/api/v2/write names series as the settings say', async () => {
    const app = greenhouse({
      FORMATS_INFLUXCATEGORY: '{measurement} ({host})',
      FORMATS_INFLUXLABEL: '{field} {values}',
    })
    await app.write(`disk,path=/home,host=nas used=5 ${at}\ndisk,host=nas,path=/ ${'free'}=1 ${at}`)
    expect(stored(app)).toEqual([
      ['disk (nas)', 'used /home', 0, 5],
      ['disk (nas)', 'free /', 0, 1],
    ])
  })

  test('/api/v2/write keeps names apart that are too long to be kept whole', async () => {
    const app = greenhouse()
    await app.write(['a', 'b'].map((end) => `m,t=${'x'.repeat(200)}${end} f=1 ${at}`).join('\n'))
    const names = stored(app).map(([category]) => String(category))
    expect(new Set(names).size).toBe(2)
    expect(names.every((name) => name.length <= 128)).toBe(true)
  })
})

describe('/write', () => {
  test('/write takes the id as password, token, database or Basic authorization', async () => {
    const app = greenhouse()
    const { id } = app.project
    const ways: [string, Record<string, string>][] = [
      [`db=x&u=me&p=${id}`, {}],
      [`db=x&token=${id}`, {}],
      [`db=${id}`, {}],
      ['db=x', { Authorization: basic(`me:${id}`) }],
      ['db=x', { Authorization: `Token me:${id}` }],
      ['db=x', { Authorization: `Bearer ${id}` }],
    ]
    for (const [index, [search, headers]] of ways.entries()) {
      const body = `m f${index}=1 ${at}`
      const response = await app.request(`/write?${search}`, {
        method: 'POST',
        from: '192.168.1.20',
        headers,
        body,
      })
      expect([search, response.status]).toEqual([search, 204])
    }
    expect(stored(app)).toHaveLength(ways.length)
  })

  test("/write answers in version 1's words", async () => {
    const app = greenhouse()
    const path = `/write?p=${app.project.id}`
    const wrong = await app.request(path, { method: 'POST', body: 'm' })
    expect([wrong.status, await wrong.json()]).toEqual([
      400,
      { error: "unable to parse 'm': missing fields" },
    ])
    expect(wrong.headers.get('X-Influxdb-Error')).toContain('missing fields')
    expect((await app.request(path, { method: 'POST', body: '' })).status).toBe(204)
    const precision = await app.request(`${path}&precision=week`, { method: 'POST', body: 'm f=1' })
    expect(await precision.json()).toEqual({ error: 'invalid precision "week"' })
    const stranger = await app.request('/write?db=x', { method: 'POST', body: 'm f=1', from: '192.168.1.20' })
    expect([stranger.status, Object.keys((await stranger.json()) as object)]).toEqual([401, ['error']])
  })

  test('/write makes the project of a database that a program of this machine names, once a point is good', async () => {
    const app = testApp()
    expect((await app.request('/write?db=home', { method: 'POST', body: 'm f=1 5' })).status).toBe(400)
    expect(app.appStore.projects()).toEqual([])
    expect((await app.request('/write?db=home', { method: 'POST', body: `m f=1 ${at}` })).status).toBe(204)
    expect(stored(app, 'home')).toEqual([['m', 'f', 0, 1]])
  })
})

test('/ping, /health and /query answer what clients ask before they write', async () => {
  const { request, project } = greenhouse()
  const elsewhere = { from: '192.168.1.20' }
  for (const method of ['GET', 'HEAD'])
    expect((await request('/ping', { method, ...elsewhere })).status).toBe(204)
  expect(await (await request('/health', elsewhere)).json()).toMatchObject({ status: 'pass' })
  const shown = await request(`/query?q=SHOW+DATABASES&p=${project.id}`, elsewhere)
  expect(await shown.json()).toEqual({
    results: [
      { statement_id: 0, series: [{ name: 'databases', columns: ['name'], values: [['greenhouse']] }] },
    ],
  })
  const made = await request('/query', {
    method: 'POST',
    body: new URLSearchParams({ q: 'CREATE DATABASE "x"' }),
  })
  expect(await made.json()).toEqual({ results: [{ statement_id: 0 }] })
  expect((await request('/query?q=SELECT+1', elsewhere)).status).toBe(400)
})
