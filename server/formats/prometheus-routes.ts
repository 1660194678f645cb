// Whatever writes to Prometheus can write here: by remote write (version 1) at /api/v1/write, and by pushing text as to a
// Pushgateway at /metrics/job/NAME. The token or password is the project's id; a metric becomes a category, its labels
// the label, by templates that people can set.

import { z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { Problem } from '../../common/problem.ts'
import { bodyBytes, utf8 } from '../points/body.ts'
import { type Door, openDoor } from '../points/door.ts'
import type { Parts, ServerApp } from '../services.ts'
import { readExposition } from './exposition.ts'
import { Naming, type Tag } from './naming.ts'
import { MessageError, readWriteRequest, unpackMessage } from './remote-write.ts'
import { answered, keyOf, store, whole } from './text-answers.ts'

const writePath = '/api/v1/write'
const pushPaths = ['/metrics/job/*', '/metrics/job@base64/*']
const seriesAtOnce = 200
const samplesAtOnce = 500

export function prometheusRoutes(app: ServerApp, parts: Parts): void {
  const { PrometheusCategory, PrometheusLabel } = parts.settings.Formats
  const naming = new Naming({ category: PrometheusCategory, label: PrometheusLabel })
  describe(app)
  app.post(writePath, (c) => answered(c, () => takeMessage(c, parts, naming)))
  app.on(['PUT', 'POST'], pushPaths, (c) => answered(c, () => takePush(c, parts, naming)))
  // History stays; that there is nothing to take back is no reason to fail.
  app.on('DELETE', pushPaths, (c) =>
    answered(c, async () => {
      openDoor(c, parts, keyOf(c))
      return c.body(null, 202)
    }),
  )
}

async function takeMessage(c: Context, parts: Parts, naming: Naming): Promise<Response> {
  checkVersion(c)
  const door = openDoor(c, parts, keyOf(c))
  const packed = new Uint8Array(await c.req.arrayBuffer())
  const series = readWriteRequest(unpackMessage(packed))
  let number = 0
  await whole(door, () => {
    for (let i = 0; i < seriesAtOnce; i++) {
      const { value, done } = series.next()
      if (done) return false
      addSeries(door, naming, value.tags, value.samples, ++number)
    }
    return true
  })
  return store(c, door, 204)
}

function checkVersion(c: Context): void {
  const type = c.req.header('Content-Type') ?? 'application/x-protobuf'
  const [media = '', ...parameters] = type.split(';').map((part) => part.trim())
  const proto = parameters.find((parameter) => parameter.startsWith('proto='))?.slice('proto='.length)
  if (media !== 'application/x-protobuf' || (proto !== undefined && proto !== 'prometheus.WriteRequest')) {
    throw new Problem('unsupported', `content type ${type} is not understood: version 1 of remote write is`)
  }
  const encoding = c.req.header('Content-Encoding') ?? 'snappy'
  if (encoding !== 'snappy')
    throw new Problem('unsupported', `content encoding ${encoding}: snappy is expected`)
}

function addSeries(
  door: Door,
  naming: Naming,
  all: readonly Tag[],
  samples: readonly number[],
  line: number,
): void {
  const name = all.find(([tag]) => tag === '__name__')?.[1] ?? ''
  if (name === '') throw new MessageError(`series ${line} has no name`)
  const foreign = { name, field: '', tags: all.filter(([tag]) => tag !== '__name__') }
  const category = naming.category(foreign)
  const label = naming.label(foreign)
  for (let i = 0; i < samples.length; i += 2) {
    const value = samples[i + 1] as number
    // What says that a series has ended, and numbers that are none, leave a gap.
    if (Number.isFinite(value)) door.intake.add(category, label, samples[i] as number, value, line)
  }
}

async function takePush(c: Context, parts: Parts, naming: Naming): Promise<Response> {
  const grouping = groupingOf(new URL(c.req.url).pathname)
  if (/protobuf/.test(c.req.header('Content-Type') ?? '')) {
    throw new Problem('unsupported', 'protobuf is not understood here: push the text format')
  }
  const door = openDoor(c, parts, keyOf(c))
  const samples = readExposition(utf8(await bodyBytes(c)))
  const helps = new Map<string, string>()
  await whole(door, () => {
    for (let i = 0; i < samplesAtOnce; i++) {
      const { value, done } = samples.next()
      if (done) return false
      if ('help' in value) helps.set(value.name, value.help)
      else addSample(door, naming, grouping, helps, value)
    }
    return true
  })
  return store(c, door, 200)
}

function addSample(
  { intake }: Door,
  naming: Naming,
  grouping: readonly Tag[],
  helps: Map<string, string>,
  {
    name,
    tags,
    value,
    time,
    line,
  }: { name: string; tags: Tag[]; value: number; time: number | undefined; line: number },
): void {
  if (!Number.isFinite(value)) return
  const own = tags.filter(([tag]) => !grouping.some(([group]) => group === tag))
  const foreign = { name, field: '', tags: [...own, ...grouping] }
  const help = helps.get(name)?.slice(0, longestHelp)
  // Said once for a metric, not for each of its lines.
  helps.delete(name)
  const says = help === undefined ? undefined : { help }
  intake.add(naming.category(foreign), naming.label(foreign), time ?? intake.now, value, line, says)
}

const longestHelp = 500

/** `/metrics/job/JOB/LABEL/VALUE…`; a name that ends in @base64 has such a value. */
function groupingOf(path: string): Tag[] {
  const parts = path.slice('/metrics/'.length).split('/')
  const tags: Tag[] = []
  for (let i = 0; i < parts.length; i += 2) {
    const [name = '', value] = [decoded(parts[i] ?? ''), parts[i + 1]]
    if (name === '' || value === undefined) throw new Problem('invalid', 'labels and values come in pairs')
    const plain = name.replace(/@base64$/, '')
    const text = plain === name ? decoded(value) : Buffer.from(value, 'base64url').toString()
    if (text !== '') tags.push([plain, text])
  }
  if (tags[0]?.[0] !== 'job') throw new Problem('invalid', 'job name is required')
  return tags
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    throw new Problem('invalid', `${text} is not part of an address`)
  }
}

const text = (description: string) => ({ description, content: { 'text/plain': { schema: z.string() } } })
const failures = {
  400: text('The body is not understood (nothing is stored), or points were left out (partial write)'),
  401: text('The password is not the id of a project'),
  413: text('The body is too big'),
  415: text('Another version or encoding than this'),
  429: text('More than the project may add; Retry-After says when'),
  503: text('Not stored: database busy or disk full'),
}

function describe(app: ServerApp): void {
  const tags = ['formats']
  app.openAPIRegistry.registerPath({
    ...{ path: writePath, method: 'post', operationId: 'remoteWrite', tags },
    summary: "Prometheus' remote write, version 1",
    description: 'The id of a project as Bearer token, as password, or as `projectid` in the address.',
    request: {
      query: z.object({ projectid: z.string().optional() }),
      body: { required: true, content: { 'application/x-protobuf': { schema: z.string() } } },
    },
    responses: { 204: { description: 'All samples are stored' }, ...failures },
  })
  for (const method of ['put', 'post'] as const) {
    app.openAPIRegistry.registerPath({
      ...{ path: '/metrics/job/{job}', method, operationId: `${method}Metrics`, tags },
      summary: "Push Prometheus' text format, as to a Pushgateway",
      description: 'Labels follow as /NAME/VALUE. The id of a project is the password or Bearer token.',
      request: {
        params: z.object({ job: z.string().meta({ param: { name: 'job', in: 'path' } }) }),
        body: { required: true, content: { 'text/plain': { schema: z.string() } } },
      },
      responses: { 200: { description: 'All samples are stored' }, ...failures },
    })
  }
}
