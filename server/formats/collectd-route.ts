// collectd's write_http (Format "JSON") writes here. Plugin and type become category and label, by templates that people
// can set; the password is the project's id.
// https://www.collectd.org/documentation/manpages/collectd.conf.html

import { type RouteConfig, z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { Problem } from '../../common/problem.ts'
import { bodyBytes, utf8 } from '../points/body.ts'
import { type Door, openDoor } from '../points/door.ts'
import { type ListItem, listReaders } from '../points/record-lists.ts'
import type { Parts, ServerApp } from '../services.ts'
import { Naming, type Tag } from './naming.ts'
import { answered, FormatError, keyOf, store, whole } from './text-answers.ts'

const path = '/collectd'
const listsAtOnce = 200

const ValueListSchema = z.object({
  values: z.array(z.number().nullable()),
  dsnames: z.array(z.string()),
  /** Seconds. */
  time: z.number(),
  interval: z.number().positive(),
  host: z.string(),
  plugin: z.string(),
  plugin_instance: z.string().default(''),
  type: z.string(),
  type_instance: z.string().default(''),
})
type ValueList = z.infer<typeof ValueListSchema>

export function collectdRoute(app: ServerApp, parts: Parts): void {
  const { CollectdCategory, CollectdLabel } = parts.settings.Formats
  const naming = new Naming({ category: CollectdCategory, label: CollectdLabel })
  app.openAPIRegistry.registerPath(described)
  app.post(path, (c) => answered(c, () => take(c, parts, naming)))
}

async function take(c: Context, parts: Parts, naming: Naming): Promise<Response> {
  const door = openDoor(c, parts, keyOf(c))
  const lists = listReaders.json(utf8(await bodyBytes(c)))
  await whole(door, () => {
    for (let i = 0; i < listsAtOnce; i++) {
      const { value, done } = lists.next()
      if (done) return false
      addList(door, naming, value)
    }
    return true
  })
  return store(c, door, 200)
}

function addList({ intake }: Door, naming: Naming, { line, fields }: ListItem): void {
  if (fields instanceof Problem) throw new FormatError(`element ${line}: ${fields.message}`)
  const parsed = ValueListSchema.safeParse(fields)
  if (!parsed.success || parsed.data.values.length !== parsed.data.dsnames.length) {
    throw new FormatError(
      `element ${line} is no list of values: ${parsed.error?.issues[0]?.path.join('.') ?? 'dsnames'}`,
    )
  }
  const { values, dsnames, time, interval, plugin } = parsed.data
  const tags = tagsOf(parsed.data)
  const says = { everySeconds: interval }
  for (const [index, value] of values.entries()) {
    // collectd says null where there is no number.
    if (value === null) continue
    const name = dsnames[index] ?? ''
    const foreign = { name: plugin, field: name === 'value' ? '' : name, tags }
    intake.add(naming.category(foreign), naming.label(foreign), Math.round(time * 1000), value, line, says)
  }
}

const tagsOf = ({ host, plugin, plugin_instance, type, type_instance }: ValueList): Tag[] => [
  ['host', host],
  ['plugin', plugin],
  ['instance', plugin_instance],
  ['type', type],
  ['type_instance', type_instance],
]

const failure = (description: string) => ({ description, content: { 'text/plain': { schema: z.string() } } })

const described = {
  path,
  method: 'post',
  operationId: 'collectd',
  tags: ['formats'],
  summary: "collectd's write_http, Format JSON",
  description:
    'The id of a project is the password. `StoreRates true` makes collectd send rates instead of counters.',
  request: {
    body: { required: true, content: { 'application/json': { schema: z.array(ValueListSchema) } } },
  },
  responses: {
    200: { description: 'All values are stored' },
    400: failure('The body is not understood (nothing is stored), or points were left out (partial write)'),
    401: failure('The password is not the id of a project'),
    429: failure('More than the project may add; Retry-After says when'),
    503: failure('Not stored: database busy or disk full'),
  },
} satisfies RouteConfig
