// What is newest, for Prometheus and everything that reads its text format: one metric, whose labels say what it is.
// https://prometheus.io/docs/instrumenting/exposition_formats/

import { createRoute, z } from '@hono/zod-openapi'
import { readersOnly, visibleProjects } from '../access/reader.ts'
import type { ServerApp, Services } from '../services.ts'
import { readingFailures } from './answers.ts'

const path = '/metrics'

/** Prometheus refuses times much longer ago, and whoever scrapes is not interested. */
const oldestMs = 3_600_000

const contentType = 'text/plain; version=0.0.4; charset=utf-8'

const head = `# HELP pocketstats_value The newest value of a series, with the time when it was measured.
# TYPE pocketstats_value gauge
`

const route = createRoute({
  method: 'get',
  path,
  operationId: 'metrics',
  tags: ['reading'],
  summary: 'The newest values in the text format of Prometheus',
  description:
    'Every series of every project that the asker may see, as `pocketstats_value` with project, category, label and unit as labels, and with its own time. Values older than an hour are left out. A read-only token is shown as Bearer, or as the password of Basic.',
  responses: {
    200: { description: 'The values', content: { 'text/plain': { schema: z.string() } } },
    401: readingFailures[401],
  },
})

/** `GET /metrics`: for readers. */
export function metricsRoute(app: ServerApp, services: Services): void {
  const { store, clock } = services
  app.use(path, readersOnly(services))
  app.openapi(route, (c) => {
    const oldest = clock.now() - oldestMs
    const lines = visibleProjects(c, services).flatMap(({ key, name }) => {
      const units = unitsOf(services, key)
      return store
        .latest(key)
        .filter(({ time }) => time >= oldest)
        .map(({ category, label, id, time, value }) => {
          const labels = labelText({ project: name, category, label, unit: units.get(id) ?? '' })
          return `pocketstats_value{${labels}} ${numberText(value)} ${time}\n`
        })
    })
    return c.text(head + lines.join(''), 200, { 'Content-Type': contentType })
  })
}

const unitsOf = ({ store }: Services, project: string): Map<number, string> =>
  new Map(store.catalogue(project).flatMap(({ series }) => series.map(({ id, unit }) => [id, unit])))

/** Pairs with a value; an empty label is none. */
const labelText = (labels: Readonly<Record<string, string>>): string =>
  Object.entries(labels)
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `${name}="${escaped(value)}"`)
    .join(',')

const escaped = (text: string): string =>
  text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')

const numberText = (value: number): string => (Object.is(value, -0) ? '-0' : String(value))
