/// <reference path="../../../server/formats/snappyjs.d.ts" />

import fc from 'fast-check'
import { PbfWriter } from 'pbf'
import { compress } from 'snappyjs'
import { describe, expect, test } from 'vitest'
import { type Request, testApp } from '../support/test-app.ts'

const now = Date.UTC(2026, 0, 31, 3, 12)
const from = '192.168.1.20'

interface Series {
  tags: Record<string, string>
  samples: [time: number, value: number][]
}

/** A WriteRequest as Prometheus sends it, with metadata behind the series. */
function message(series: readonly Series[]): Uint8Array {
  const pbf = new PbfWriter()
  for (const one of series) pbf.writeMessage(1, writeSeries, one)
  pbf.writeMessage(3, (_: null, metadata) => metadata.writeStringField(2, 'up'), null)
  return pbf.finish()
}

function writeSeries({ tags, samples }: Series, pbf: PbfWriter): void {
  for (const pair of Object.entries(tags)) {
    pbf.writeMessage(
      1,
      ([name, value]: [string, string], tag) => {
        tag.writeStringField(1, name)
        tag.writeStringField(2, value)
      },
      pair,
    )
  }
  for (const sample of samples) {
    pbf.writeMessage(
      2,
      ([time, value]: [number, number], one) => {
        one.writeDoubleField(1, value)
        one.writeVarintField(2, time)
      },
      sample,
    )
  }
}

function setUp(settings: Record<string, string> = {}) {
  const app = testApp({ settings })
  const { id } = app.appStore.createProject({ name: 'fleet', kind: 'custom' })
  const Authorization = `Bearer ${id}`
  const write = (body: BodyInit, headers: Record<string, string> = {}) =>
    app.request('/api/v1/write', { method: 'POST', from, body, headers: { Authorization, ...headers } })
  const push = (path: string, body: string, init: Request = {}) =>
    app.request(`/metrics/job/${path}`, { method: 'PUT', from, body, headers: { Authorization }, ...init })
  const stored = () =>
    app.store.latest('fleet').map(({ category, label, time, value }) => [category, label, time - now, value])
  return { ...app, id, write, push, stored }
}

const packed = (series: readonly Series[]): ArrayBuffer => new Uint8Array(compress(message(series))).buffer
const up: Series = { tags: { __name__: 'up', instance: 'a:9100', job: 'node' }, samples: [[now, 1]] }

describe('/api/v1/write', () => {
  test('/api/v1/write stores series: the metric is the category, its labels the label, NaN a gap', async () => {
    const { write, stored } = setUp()
    const bare: Series = {
      tags: { __name__: 'load' },
      samples: [
        [now - 1000, -0.5],
        [now, Number.NaN],
      ],
    }
    const response = await write(packed([up, bare]), {
      'Content-Type': 'application/x-protobuf',
      'Content-Encoding': 'snappy',
      'X-Prometheus-Remote-Write-Version': '0.1.0',
    })
    expect([response.status, await response.text()]).toEqual([204, ''])
    expect(stored()).toEqual([
      ['up', 'instance=a:9100 job=node', 0, 1],
      ['load', 'value', -1000, -0.5],
    ])
  })

  test('/api/v1/write names series as the settings say', async () => {
    const { write, stored } = setUp({
      FORMATS_PROMETHEUSCATEGORY: '{job} {name}',
      FORMATS_PROMETHEUSLABEL: '{values}',
    })
    await write(packed([up]))
    expect(stored()).toEqual([['node up', 'a:9100', 0, 1]])
  })

  test('/api/v1/write says what it does not understand, and stores nothing of what is broken', async () => {
    const { write, stored, request } = setUp()
    const second = 'application/x-protobuf;proto=io.prometheus.write.v2.Request'
    expect((await write(packed([up]), { 'Content-Type': second })).status).toBe(415)
    expect((await write(packed([up]), { 'Content-Encoding': 'zstd' })).status).toBe(415)
    const broken = new TextEncoder().encode('no snappy')
    expect((await write(broken)).status).toBe(400)
    expect((await write(packed([up, { tags: { job: 'x' }, samples: [[now, 1]] }]))).status).toBe(400)
    expect(stored()).toEqual([])
    const old = await write(packed([up, { ...up, samples: [[5, 1]] }]))
    expect([old.status, await old.text()]).toEqual([
      400,
      expect.stringMatching(/^partial write: series 2: .*dropped=1\n$/),
    ])
    expect(stored()).toHaveLength(1)
    const strange = await request('/api/v1/write', { method: 'POST', from, body: packed([up]) })
    expect([strange.status, strange.headers.get('WWW-Authenticate')]).toEqual([
      401,
      expect.stringContaining('Basic'),
    ])
  })

  test('/api/v1/write stores nothing of a message that is cut or changed, unless it is one again, and never breaks', async () => {
    const { write, stored, logged } = setUp()
    const whole = message([
      up,
      {
        tags: { __name__: 'load', host: 'x' },
        samples: [
          [now, 2],
          [now - 1, 3],
        ],
      },
    ])
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 1), fc.nat(255), fc.boolean(), async (at, byte, isCut) => {
        const changed = isCut ? whole.slice(0, at) : whole.with(at, byte)
        const before = stored().length
        const response = await write(new Uint8Array(compress(changed)).buffer)
        expect([204, 400]).toContain(response.status)
        const text = await response.text()
        if (response.status === 400 && !text.startsWith('partial')) expect(stored()).toHaveLength(before)
      }),
      { numRuns: 250 },
    )
    expect(logged).toEqual([])
  })
})

describe('/metrics/job', () => {
  const text = `# HELP jobs_done Jobs that were \\\\ done
# TYPE jobs_done counter
jobs_done{queue="a \\"b\\"",} 5
jobs_done 6.5e1 ${now - 1000}
# a comment
histogram_bucket{le="+Inf"} 7
not_a_number NaN
`

  test('/metrics/job stores pushed text with the labels of its address', async () => {
    const { push, stored, store } = setUp()
    for (const method of ['PUT', 'POST']) {
      const response = await push('nightly/instance/nas%3A1', text, {
        method,
        headers: { Authorization: `Basic ${Buffer.from(`x:${''}`).toString('base64')}` },
      })
      expect(response.status).toBe(401)
    }
    expect((await push('nightly/instance/nas%3A1', text)).status).toBe(200)
    expect(stored()).toEqual([
      ['jobs_done', 'queue=a "b" job=nightly instance=nas:1', 0, 5],
      ['jobs_done', 'job=nightly instance=nas:1', -1000, 65],
      ['histogram_bucket', 'le=+Inf job=nightly instance=nas:1', 0, 7],
    ])
    expect(store.catalogue('fleet')[0]?.help).toBe('Jobs that were \\ done')
    expect((await push('nightly', '', { method: 'DELETE' })).status).toBe(202)
  })

  test('/metrics/job takes names in base64, and refuses what it cannot read whole', async () => {
    const { push, stored, id } = setUp()
    const headers = { Authorization: `Basic ${Buffer.from(`me:${id}`).toString('base64')}` }
    expect((await push('x/path@base64/L3Zhci90bXA', 'a 1', { headers })).status).toBe(200)
    expect(stored()).toEqual([['a', 'job=x path=/var/tmp', 0, 1]])
    expect((await push('../job@base64/YS9i', 'a 2', { headers })).status).toBe(200)
    expect(stored()).toContainEqual(['a', 'job=a/b', 0, 2])
    for (const wrong of ['b 1\nb warm', 'b{x=1} 1', 'b{x="1} 1', '1b 1', 'b 1 2 3', 'b 1 now']) {
      const response = await push('x', wrong)
      expect([response.status, await response.text()]).toEqual([
        400,
        expect.stringMatching(/^text format parsing error in line \d/),
      ])
    }
    expect((await push('x/odd', 'b 1')).status).toBe(400)
    expect(stored()).toHaveLength(2)
  })

  test('/metrics/job stores nothing of a text that is cut or changed, unless it is one again, and never breaks', async () => {
    const { push, stored, logged } = setUp()
    await fc.assert(
      fc.asyncProperty(fc.nat(text.length), fc.nat(9), fc.string({ maxLength: 2 }), async (at, gone, put) => {
        const before = stored().length
        const response = await push('fuzz', text.slice(0, at) + put + text.slice(at + gone))
        expect([200, 400]).toContain(response.status)
        const answer = await response.text()
        if (response.status === 400 && !answer.startsWith('partial')) expect(stored()).toHaveLength(before)
      }),
      { numRuns: 250 },
    )
    expect(logged).toEqual([])
  })
})
