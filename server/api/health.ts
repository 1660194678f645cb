// One question for scripts and supervisors: is this machine's history still being written, and if not, why?

import { createRoute } from '@hono/zod-openapi'
import { HealthSchema } from '../../common/wire.ts'
import { mayRead } from '../access/reader.ts'
import type { Parts, ServerApp, Services } from '../services.ts'
import { json } from './answers.ts'

/** Points are fresh for three rounds and the time they may be kept in memory, and for this many seconds at least. */
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

export function healthRoute(app: ServerApp, services: Parts): void {
  const { clock, storage } = services
  const { Timestep, CommitInterval } = services.settings.Generator
  const limit = Math.max(leastSeconds, rounds * Timestep + CommitInterval)
  app.openapi(route, (c) => {
    const lastPoint = newestGathered(services)
    const ageSeconds = lastPoint === null ? null : Math.max(0, (clock.now() - lastPoint) / 1000)
    // The reason names folders of this machine.
    const { message, ...rest } = storage.get()
    const state = {
      lastPoint,
      ageSeconds,
      storage: { ...rest, message: mayRead(c, services) ? message : null },
    }
    if (ageSeconds === null || ageSeconds > limit) return c.json({ status: 'stale', ...state } as const, 503)
    return c.json({ status: 'fresh', ...state } as const, 200)
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
