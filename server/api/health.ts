// One question for scripts and supervisors: is this machine's history still being written?

import { createRoute } from '@hono/zod-openapi'
import { HealthSchema } from '../../common/wire.ts'
import type { ServerApp, Services } from '../services.ts'
import { json } from './answers.ts'

/** Points are fresh for three rounds, and for this many seconds at least. */
const leastSeconds = 10
const rounds = 3

const route = createRoute({
  method: 'get',
  path: '/healthz',
  operationId: 'health',
  tags: ['access'],
  summary: "Whether this machine's points are fresh",
  responses: {
    200: json('They are', HealthSchema),
    503: json('They are not', HealthSchema),
  },
})

export function healthRoute(app: ServerApp, services: Services): void {
  const { clock, settings } = services
  const limit = Math.max(leastSeconds, rounds * settings.Generator.Timestep)
  app.openapi(route, (c) => {
    const lastPoint = newestGathered(services)
    const ageSeconds = lastPoint === null ? null : Math.max(0, (clock.now() - lastPoint) / 1000)
    if (ageSeconds === null || ageSeconds > limit)
      return c.json({ status: 'stale', lastPoint, ageSeconds } as const, 503)
    return c.json({ status: 'fresh', lastPoint, ageSeconds } as const, 200)
  })
}

/** Time of the newest point that a gather of this machine made: custom points do not keep a dead generator fresh. */
function newestGathered({ store, appStore }: Services): number | null {
  const machine = appStore.projects().find(({ kind }) => kind === 'machine')
  if (!machine) return null
  const gathered = store.catalogue(machine.key).filter(({ everySeconds }) => everySeconds > 0)
  const times = gathered.flatMap(({ lastTime }) => lastTime ?? [])
  return times.length > 0 ? Math.max(...times) : null
}
