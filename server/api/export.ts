// History as text by URL, for spreadsheets and scripts: every single point of a window, or its buckets where the window
// is longer than points are kept. It is written as fast as it is read, so that a year takes no more memory than an hour.

import { createRoute, z } from '@hono/zod-openapi'
import { csv } from '../../common/formats/csv.ts'
import type { PointWriter } from '../../common/formats/format.ts'
import { ndjson } from '../../common/formats/ndjson.ts'
import type { ProjectRecord } from '../../store/app-types.ts'
import { pointStretches, type Stretch } from '../../store/point-stretches.ts'
import type { CategoryCatalogue, Store } from '../../store/types.ts'
import type { ServerApp, Services } from '../services.ts'
import { readingFailures } from './answers.ts'
import { bucketsAsText } from './buckets-as-text.ts'
import { namedProject, notFound, projectParameter, repeatableParameter, timeParameter } from './parameters.ts'
import { checkWindow } from './query.ts'

const dayMs = 86_400_000

/** Points of one piece of text: some hundred kilobytes at most. */
const pointsAtOnce = 2000

const types = { csv: 'text/csv; charset=utf-8', ndjson: 'application/x-ndjson' } as const
const writers = { csv, ndjson } as const

const mostBuckets = 2000
const bucketsError = `a whole number from 1 to ${mostBuckets}`

const route = createRoute({
  method: 'get',
  path: '/api/v1/export',
  operationId: 'export',
  tags: ['reading'],
  summary: 'A window of history as CSV or NDJSON',
  description:
    'Without `buckets` every single point in [from, to): project, category, label, time (ms since 1970), value; category by category, in order of time. With `buckets` what the graphs show: count, min, mean and max of at most so many buckets; those without a point are left out.',
  request: {
    query: z.object({
      project: projectParameter,
      category: repeatableParameter('Categories; all if left out'),
      from: timeParameter('Start of the window; a day before its end if left out'),
      to: timeParameter('End of the window; now if left out'),
      format: z
        .enum(['csv', 'ndjson'], { error: 'csv or ndjson' })
        .default('csv')
        .describe('Comma-separated values with a header, or a JSON object a line'),
      buckets: z
        .string({ error: bucketsError })
        .regex(/^\d{1,9}$/, { error: bucketsError })
        .transform(Number)
        .refine((count) => count >= 1 && count <= mostBuckets, { error: bucketsError })
        .optional()
        .meta({
          type: 'integer',
          minimum: 1,
          maximum: mostBuckets,
          description: 'At most this many buckets instead of points',
        }),
    }),
  },
  responses: {
    200: {
      description: 'The points or buckets',
      content: {
        'text/csv': { schema: z.string() },
        'application/x-ndjson': { schema: z.string() },
      },
    },
    ...readingFailures,
  },
})

/** `GET /api/v1/export`: see the description of its route. */
export function exportRoute(app: ServerApp, services: Services): void {
  const { store, clock } = services
  app.openapi(route, (c) => {
    const { format, buckets, category, ...given } = c.req.valid('query')
    const project = namedProject(c, services, given.project)
    const { to = clock.now(), from = to - dayMs } = given
    checkWindow(from, to)
    const categories = chosen(store.catalogue(project.key), category)
    const text =
      buckets === undefined
        ? pointsAsText(store, pointStretches(project.key, categories, { from, to }), writers[format].writer())
        : bucketsAsText(store, { project: project.key, categories, from, to, buckets }, format)
    c.header('Content-Type', types[format])
    c.header('Content-Disposition', `attachment; filename="${fileName(project, from)}.${format}"`)
    return c.body(streamOf(text))
  })
}

/** Throws a Problem `not-found` with the nearest right spelling. */
function chosen(catalogue: readonly CategoryCatalogue[], wanted: readonly string[] | undefined) {
  const names = catalogue.map(({ name }) => name)
  for (const name of wanted ?? []) if (!names.includes(name)) throw notFound('category', name, names)
  return catalogue.filter(({ name }) => wanted?.includes(name) ?? true)
}

function* pointsAsText(store: Store, stretches: readonly Stretch[], writer: PointWriter): Generator<string> {
  yield writer.head
  for (const { project, category, from, to } of stretches) {
    for (const points of store.points(project, category, from, to)) {
      for (let i = 0; i < points.length; i += pointsAtOnce) {
        yield writer.text(points.slice(i, i + pointsAtOnce))
      }
    }
  }
}

/** A piece of text whenever the reader has room for one: whoever reads slowly costs no memory. */
function streamOf(text: Generator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  return new ReadableStream({
    async pull(controller) {
      // Between two pieces everybody else has their turn.
      await new Promise((resolve) => setImmediate(resolve))
      let piece = text.next()
      while (piece.value === '') piece = text.next()
      if (piece.done) controller.close()
      else controller.enqueue(encoder.encode(piece.value))
    },
    cancel() {
      text.return(undefined)
    },
  })
}

/** Such as `nas-2026-01-31`: what file systems and headers everywhere take. */
const fileName = ({ name }: ProjectRecord, from: number): string =>
  `${name.replaceAll(/[^A-Za-z0-9._-]+/g, '-')}-${new Date(Math.max(0, from)).toISOString().slice(0, 10)}`
