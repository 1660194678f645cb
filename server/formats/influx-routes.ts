// Whatever writes to InfluxDB can write here: version 1 at /write, version 2 at /api/v2/write, with its answers down to
// their wording, since clients act on them. The token or password is the project's id; database, organisation and bucket
// are free.

import type { Context, Handler } from 'hono'
import { Problem } from '../../common/problem.ts'
import { statusOf } from '../answers/problem-answer.ts'
import { bodyBytes } from '../points/body.ts'
import { openDoor } from '../points/door.ts'
import type { Parts, ServerApp } from '../services.ts'
import { shownKey } from './credentials.ts'
import { type Fault, readLines } from './influx-intake.ts'
import { InfluxNames } from './influx-names.ts'
import { describeInflux } from './influx-openapi.ts'
import { precisions } from './influx-parser.ts'
import { Naming } from './naming.ts'

/** Clients look at the beginning of it. */
const version = '1.8.10-pocketstats'

/** How a version of InfluxDB says what is wrong. */
type Shape = (status: number, message: string, line?: number) => object

const firstShape: Shape = (_status, message) => ({ error: message })

const codes: Readonly<Record<number, string>> = {
  400: 'invalid',
  401: 'unauthorized',
  403: 'forbidden',
  404: 'not found',
  409: 'conflict',
  413: 'request too large',
  415: 'invalid',
  429: 'too many requests',
  503: 'unavailable',
}
const secondShape: Shape = (status, message, line) => ({
  code: codes[status] ?? 'internal error',
  message,
  ...(line !== undefined && { line }),
})

export function influxRoutes(app: ServerApp, parts: Parts): InfluxNames {
  const { InfluxCategory, InfluxLabel } = parts.settings.Formats
  const names = new InfluxNames(new Naming({ category: InfluxCategory, label: InfluxLabel }))
  describeInflux(app)
  app.post('/write', write(parts, names, { shape: firstShape, parameters: ['p', 'token', 'db'] }))
  app.post('/api/v2/write', write(parts, names, { shape: secondShape, parameters: ['token'] }))
  app.on(['GET', 'POST'], '/query', (c) => answerQuery(c, parts))
  app.on(['GET', 'HEAD'], '/ping', (c) => c.body(null, 204, versionHeaders))
  app.get('/health', (c) =>
    c.json(
      { name: 'influxdb', message: 'ready for writes', status: 'pass', checks: [], version },
      200,
      versionHeaders,
    ),
  )
  return names
}

export const versionHeaders = { 'X-Influxdb-Version': version, 'X-Influxdb-Build': 'Pocketstats' }

function write(
  parts: Parts,
  names: InfluxNames,
  { shape, parameters }: { shape: Shape; parameters: readonly string[] },
): Handler {
  return async (c) => {
    try {
      const fault = await take(c, parts, names, shownKey(c, parameters))
      return fault ? answerFault(c, shape, fault) : c.body(null, 204, versionHeaders)
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      return answerProblem(c, shape, error)
    }
  }
}

/** Stores what is good of the request's body; what is wrong with it. */
async function take(c: Context, parts: Parts, names: InfluxNames, id: string | undefined): Promise<Fault> {
  const precision = c.req.query('precision') || 'ns'
  const msPerUnit = Object.hasOwn(precisions, precision) ? precisions[precision] : undefined
  if (msPerUnit === undefined) throw new Problem('invalid', `invalid precision "${precision}"`)
  if (id === undefined) throw new Problem('unauthorized', noKey)
  const door = openDoor(c, parts, id)
  const fault = await readLines(names, await bodyBytes(c), door.intake, msPerUnit)
  if (fault?.kind === 'lines') door.intake.giveUp()
  else await door.store()
  // Nothing could be taken because there are too many series already: later, perhaps.
  if (fault?.kind === 'points' && fault.first.code === 'too-many' && door.intake.length === 0) {
    throw new Problem('too-many', fault.first.message, { retryAfterSeconds: 3600 })
  }
  return fault
}

const noKey = 'no token: the id of a project is the token (or the password), from /register?name=NAME'

function answerFault(c: Context, shape: Shape, fault: NonNullable<Fault>): Response {
  if (fault.kind === 'lines') {
    const more = fault.count > 1 ? ` (and ${fault.count - 1} more lines)` : ''
    return answer(c, shape, 400, `unable to parse '${fault.text}': ${fault.reason}${more}`, fault.line)
  }
  const { line, message, expected } = fault.first
  const detail = expected === undefined ? '' : ` (expected ${expected})`
  return answer(
    c,
    shape,
    400,
    `partial write: line ${line}: ${message}${detail} dropped=${fault.count}`,
    line,
  )
}

function answerProblem(c: Context, shape: Shape, { code, message, details }: Problem): Response {
  const wait = details.retryAfterSeconds ?? (code === 'unavailable' ? 1 : undefined)
  if (wait !== undefined) c.header('Retry-After', String(wait))
  // To InfluxDB a token that opens nothing is a wrong one.
  const status = code === 'not-found' ? 401 : statusOf[code]
  const hint = details.expected === undefined ? '' : ` (expected ${details.expected})`
  return answer(c, shape, status, `${message}${hint}`)
}

function answer(c: Context, shape: Shape, status: number, message: string, line?: number): Response {
  if (status === 401) c.header('WWW-Authenticate', 'Token')
  // In a header stands nothing but printable ASCII.
  c.header('X-Influxdb-Error', message.replace(/[^ -~]/g, '?').slice(0, 300))
  return c.json(shape(status, message, line), status as 400, versionHeaders)
}

/** Clients ask before they write whether there is a database, and make it. What can be read is at /api/v1. */
async function answerQuery(c: Context, { appStore }: Parts): Promise<Response> {
  const statement = (c.req.query('q') ?? (await formField(c, 'q')) ?? '').trim().replace(/;+$/, '')
  if (/^show\s+databases$/i.test(statement)) {
    const project = appStore.projectById(shownKey(c, ['p', 'token', 'db']) ?? '')
    const names = [project?.name ?? c.req.query('db') ?? 'pocketstats'].map((name) => [name])
    return results(c, [{ name: 'databases', columns: ['name'], values: names }])
  }
  if (/^(create|show)\s/i.test(statement)) return results(c)
  const message =
    statement === '' ? 'missing required parameter "q"' : 'only writing works here; read at /api/v1/query'
  return answer(c, firstShape, 400, message)
}

const results = (c: Context, series?: readonly object[]): Response =>
  c.json({ results: [{ statement_id: 0, ...(series && { series }) }] }, 200, versionHeaders)

async function formField(c: Context, name: string): Promise<string | undefined> {
  if (c.req.method !== 'POST') return undefined
  return new URLSearchParams(await c.req.text()).get(name) ?? undefined
}
