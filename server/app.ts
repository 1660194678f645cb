// The server as one function from request to answer: what is checked, in which order, and which routes there are.
// It knows no port and no signal, so that tests call it as it is.

import { OpenAPIHono } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { except } from 'hono/combine'
import { methodNotAllowed } from 'hono/method-not-allowed'
import { Problem } from '../common/problem.ts'
import { hostCheck } from './access/host-check.ts'
import { readersOnly } from './access/reader.ts'
import { compressAnswers } from './answers/compress-answers.ts'
import { invalid } from './answers/invalid.ts'
import { answerError, answerNothing, answerWrongMethod } from './answers/problem-answer.ts'
import { requestLog } from './answers/request-log.ts'
import { noStore, securityHeaders } from './answers/security-headers.ts'
import { accessRoutes } from './api/access.ts'
import { exportRoute } from './api/export.ts'
import { healthRoute } from './api/health.ts'
import { metricsRoute } from './api/metrics.ts'
import { openapiRoute } from './api/openapi.ts'
import { signInPath } from './api/passkeys.ts'
import { pluginRoutes } from './api/plugins.ts'
import { projectLifeRoutes } from './api/project-life.ts'
import { projectsRoutes } from './api/projects.ts'
import { queryRoute } from './api/query.ts'
import { retentionRoutes } from './api/retention.ts'
import { valuesRoutes } from './api/values.ts'
import { assets } from './assets.ts'
import { Audience, noteReaders } from './audience.ts'
import { collectdRoute } from './formats/collectd-route.ts'
import { influxRoutes } from './formats/influx-routes.ts'
import { prometheusRoutes } from './formats/prometheus-routes.ts'
import { quickInfluxRoutes } from './formats/quick-influx.ts'
import { installRoutes } from './install/install-routes.ts'
import { addDataPointRoute } from './points/add-data-point.ts'
import { addDataPointsRoute } from './points/add-data-points.ts'
import { mostBatchBytes } from './points/body.ts'
import { Ingest } from './points/ingest.ts'
import { QuickLane } from './points/quick-lane.ts'
import { quickPointRoutes } from './points/quick-point.ts'
import { registerRoute } from './points/register.ts'
import type { Parts, ServerApp, ServerEnv, Services } from './services.ts'
import { StorageState } from './storage-state.ts'
import { Hub, type HubTiming } from './stream/hub.ts'
import { streamRoute } from './stream/stream-route.ts'
import type { Certificates } from './tls/certificates.ts'

const mostBodyBytes = 64 * 1024
/** Routes that take points by the thousand: they check the key, the size and the rate by themselves. */
const batchPaths = [
  '/add_data_points',
  '/write',
  '/api/v2/write',
  '/api/v1/write',
  '/collectd',
  '/metrics/job/*',
  '/metrics/job@base64/*',
]
const isBatch = (c: Context): boolean =>
  batchPaths.some((path) =>
    path.endsWith('*') ? c.req.path.startsWith(path.slice(0, -1)) : c.req.path === path,
  )
/** Open to everybody: how to get in, what the API looks like, and what takes points by the id of their project. */
const openPaths = [
  '/api/v1/write',
  '/api/v2/write',
  '/api/v1/session',
  '/api/v1/pair',
  '/api/v1/openapi.json',
  signInPath,
  `${signInPath}/options`,
]

export interface AppOptions extends Services {
  /** Folder of the built app. */
  assetsFolder: string
  /** What https is spoken with; null or left out: http only. */
  certificates?: Certificates | null
  timing?: Partial<HubTiming>
}

/**
 * The app, the short way for plain points that a server puts before it, the one way in for points of other ports, and
 * `close`, which ends its live streams.
 */
export function createApp({ assetsFolder, certificates = null, timing = {}, ...given }: AppOptions) {
  const storage = new StorageState(given)
  const ingest = new Ingest({ ...given, storage })
  const services: Parts = { ...given, storage, audience: new Audience(given), ingest }
  const app: ServerApp = new OpenAPIHono<ServerEnv>({
    defaultHook: (result) => {
      if (!result.success) throw invalid(result.error.issues, 'data' in result ? result.data : undefined)
    },
  })
  const hub = new Hub(services, timing)
  const files = assets({ folder: assetsFolder, serviceWorker: services.settings.Server.ServiceWorker })
  app.onError((error, c) => answerError(error, c, services.log))
  app.notFound((c) => (c.req.path.startsWith('/api/') ? answerNothing(c) : files.fetch(c.req.raw, c.env)))
  addChecks(app, services)
  addDataPointRoute(app, services)
  addDataPointsRoute(app, services)
  const names = influxRoutes(app, services)
  prometheusRoutes(app, services)
  collectdRoute(app, services)
  registerRoute(app, services)
  projectLifeRoutes(app, services)
  projectsRoutes(app, services)
  queryRoute(app, services)
  valuesRoutes(app, services)
  exportRoute(app, services)
  metricsRoute(app, services)
  streamRoute(app, services, hub)
  retentionRoutes(app, services)
  pluginRoutes(app, services)
  accessRoutes(app, services, assetsFolder)
  healthRoute(app, services)
  openapiRoute(app, services)
  installRoutes(app, services, { assetsFolder, certificates })
  const quick = new QuickLane(services, [
    ...quickPointRoutes(services),
    ...quickInfluxRoutes(services, names),
  ])
  return { app, quick, ingest, close: () => hub.close() }
}

/** What every request passes, outermost first. */
function addChecks(app: ServerApp, services: Parts): void {
  if (services.settings.Server.Debug) app.use(requestLog(services))
  app.use(securityHeaders, noStore)
  app.use(hostCheck(services))
  app.use(except(isBatch, bodyLimit({ maxSize: mostBodyBytes, onError: tooLarge(mostBodyBytes) })))
  for (const path of batchPaths) {
    app.use(path, bodyLimit({ maxSize: mostBatchBytes, onError: tooLarge(mostBatchBytes) }))
  }
  app.use(methodNotAllowed({ app, onMethodNotAllowed: answerWrongMethod }))
  app.use('/api/*', compressAnswers(services))
  app.use('/api/*', except(openPaths, readersOnly(services), noteReaders(services.audience)))
}

const tooLarge = (most: number) => (c: Context) => {
  throw new Problem('too-large', 'the body is too big', {
    field: 'body',
    given: c.req.header('Content-Length') ?? `more than ${most}`,
    expected: `at most ${most} bytes`,
  })
}
