// How long history is kept: what the settings say, what that costs by the measure of this very history, and saving it.

import { createRoute } from '@hono/zod-openapi'
import { Problem } from '../../common/problem.ts'
import { retentionCost } from '../../common/retention-cost.ts'
import type { Overrides, WholePlan } from '../../common/retention-settings.ts'
import {
  RetentionSchema,
  type RetentionState,
  RetentionStateSchema,
  type WireRetention,
} from '../../common/wire.ts'
import type { Store } from '../../store/types.ts'
import { ownersOnly } from '../access/reader.ts'
import type { Parts, ServerApp } from '../services.ts'
import { failure, json } from './answers.ts'
import { notFound } from './parameters.ts'

const path = '/api/v1/retention'

const readRoute = createRoute({
  method: 'get',
  path,
  operationId: 'retention',
  tags: ['reading'],
  summary: 'How long history is kept, what it takes and what it will take',
  responses: {
    200: json('The settings and their cost', RetentionStateSchema),
    401: failure('This device is not paired'),
    403: failure('A viewer asked'),
  },
})

const saveRoute = createRoute({
  method: 'put',
  path,
  operationId: 'saveRetention',
  tags: ['access'],
  summary: 'Save how long history is kept',
  description:
    'The settings file is changed in place, its comments and order stay; the programs take it up within seconds. Categories that are not named lose what differed for them.',
  request: { body: { required: true, content: { 'application/json': { schema: RetentionSchema } } } },
  responses: {
    200: json('Saved', RetentionStateSchema),
    400: failure('A field is missing or not valid'),
    401: failure('This device is not paired'),
    403: failure('A viewer or a page of another site asked'),
    404: failure('There is no such category'),
    409: failure('The environment says something else, or the settings file has mistakes'),
    503: failure('The settings file cannot be written'),
  },
})

export function retentionRoutes(app: ServerApp, services: Parts): void {
  const { store, retention } = services
  app.use(path, ownersOnly(services))
  app.openapi(readRoute, (c) => c.json(stateOf(services), 200))
  app.openapi(saveRoute, (c) => {
    const wanted = c.req.valid('json')
    const overrides = overridesOf(wanted.categories)
    checkNames(Object.keys(overrides), Object.keys(retention.plan().overrides), store)
    const { maxAgeSeconds, fullResolutionSeconds } = wanted
    retention.save({ maxAgeSeconds, fullResolutionSeconds, overrides })
    return c.json(stateOf(services), 200)
  })
}

function stateOf({ store, clock, retention, storage, freeBytes }: Parts): RetentionState {
  const plan = retention.plan()
  const uses = store.holdings(clock.now())
  const cost = retentionCost(uses, plan)
  const { overrides, disabledGathers: _, ...fixed } = retention.fixed
  return {
    maxAgeSeconds: plan.maxAgeSeconds,
    fullResolutionSeconds: plan.fullResolutionSeconds,
    categories: wireCategories(plan),
    fixed: { ...fixed, categories: overrides },
    uses: uses.map(({ series: _s, waiting: _w, oldest: _o, newest: _n, ...use }) => use),
    bytes: store.stats().bytes,
    bytesPerDay: Math.round(cost.bytesPerDay),
    projectedBytes: Math.round(cost.bytes),
    freeBytes: freeBytes(),
    storage: storage.get(),
  }
}

const wireCategories = ({ overrides }: WholePlan): WireRetention['categories'] =>
  Object.entries(overrides).map(([name, { maxAgeSeconds = null, fullResolutionSeconds = null }]) => ({
    ...{ name, maxAgeSeconds, fullResolutionSeconds },
  }))

/** Throws a Problem `invalid` for a category that is named twice. */
function overridesOf(categories: WireRetention['categories']): Overrides {
  const overrides = new Map<string, Overrides[string]>()
  for (const { name, maxAgeSeconds, fullResolutionSeconds } of categories) {
    if (overrides.has(name)) {
      const expected = 'every category once'
      throw new Problem('invalid', 'a category is named twice', {
        field: 'categories',
        given: name,
        expected,
      })
    }
    overrides.set(name, {
      ...(maxAgeSeconds !== null && { maxAgeSeconds }),
      ...(fullResolutionSeconds !== null && { fullResolutionSeconds }),
    })
  }
  return Object.fromEntries(overrides)
}

/** Throws a Problem `not-found` for a name that neither a category nor the settings have: it would do nothing. */
function checkNames(names: readonly string[], inSettings: readonly string[], store: Store): void {
  const known = store.projects().flatMap((project) => store.catalogue(project).map(({ name }) => name))
  const missing = names.find((name) => !known.includes(name) && !inSettings.includes(name))
  if (missing !== undefined) throw notFound('category', missing, [...new Set(known)])
}
