// The live stream over HTTP: server-sent events, ended by whoever goes first. A client that does not read what it is
// sent is cut off; it may come back and go on where it stopped.

import { createRoute, z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { Problem } from '../../common/problem.ts'
import { mayRead } from '../access/reader.ts'
import { failure, readingFailures } from '../api/answers.ts'
import { namedProject, projectParameter } from '../api/parameters.ts'
import { projectsBeside, seesBeside, withParameter } from '../api/shown-together.ts'
import type { Parts, ServerApp, ServerEnv, Services } from '../services.ts'
import { catalogueSignature } from './catalogue-signature.ts'
import type { Hub, Listener } from './hub.ts'
import { LiveFeed } from './live-feed.ts'
import { readResumeId } from './resume-id.ts'

/** A client for whom this many bytes wait gets no more. */
const mostWaiting = 512 * 1024

const route = createRoute({
  method: 'get',
  path: '/api/v1/stream',
  operationId: 'stream',
  tags: ['reading'],
  summary: 'New points of a project as server-sent events',
  description:
    'Events: `hello` (Hello), `points` (LivePoints), `catalogue` (ask for the catalogue again) and `late` (Late). Each carries an id with which the next connection goes on.',
  request: {
    query: z.object({
      project: projectParameter,
      with: withParameter,
      delta: z
        .enum(['yes', 'no'], { error: 'yes or no' })
        .default('no')
        .describe('Name repeated values: see LivePoints'),
      packed: z
        .enum(['yes', 'no'], { error: 'yes or no' })
        .default('no')
        .describe('Points as short lines in events without a name: see common/packed-live.ts'),
      lastEventId: z
        .string()
        .optional()
        .describe('Like the header Last-Event-ID, for clients that cannot set it'),
    }),
  },
  responses: {
    200: { description: 'The events', content: { 'text/event-stream': { schema: z.string() } } },
    ...readingFailures,
    503: failure('Too many connections'),
  },
})

const headers = {
  'Content-Type': 'text/event-stream',
  'Cache-Control': 'no-store',
  'X-Accel-Buffering': 'no',
}

export function streamRoute(app: ServerApp, services: Parts, hub: Hub): void {
  app.openapi(route, (c) => {
    const { project, ...options } = c.req.valid('query')
    const { key } = namedProject(c, services, project)
    if (c.req.method === 'HEAD') return c.body(null, 200, headers)
    if (hub.isFull) throw new Problem('unavailable', 'too many live streams are open')
    const feed = openFeed(services, key, {
      withCustom: seesBeside(c, services, options.with),
      delta: options.delta === 'yes' && services.settings.General.UseDeltaCompression,
      packed: options.packed === 'yes' && services.settings.General.UseDeltaCompression,
      lastEventId: c.req.header('Last-Event-ID') ?? options.lastEventId,
    })
    return c.body(events(c, services, hub, feed), 200, headers)
  })
}

interface Wanted {
  withCustom: boolean
  delta: boolean
  packed: boolean
  lastEventId: string | undefined
}

function openFeed(parts: Parts, project: string, { lastEventId, ...wanted }: Wanted): LiveFeed {
  const { store, clock, databaseId } = parts
  const now = clock.now()
  // First the values, then the end: what is stored in between is sent, not lost.
  const shown = [project, ...projectsBeside(parts, project, wanted.withCustom).map(({ key }) => key)]
  const latest = shown.flatMap((key) => store.latest(key))
  const signature = catalogueSignature(shown, parts)
  const end = store.position()
  const resumed = readResumeId(lastEventId, databaseId, { now, end })
  const newest = latest.reduce((most, { time }) => Math.max(most, time), 0)
  const start = resumed ?? { position: end, newest, sentAt: now, signature }
  return new LiveFeed({ ...wanted, project, databaseId, start, latest, resumed: resumed !== null })
}

function events(
  c: Context<ServerEnv>,
  services: Services,
  hub: Hub,
  feed: LiveFeed,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  let listener: Listener | undefined
  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        const cutOff = (): void => {
          if (listener) hub.remove(listener)
          // Whoever copies this stream to the socket waits for the socket: only its end is noticed.
          if (c.env?.outgoing) c.env.outgoing.destroy()
          else controller.error(new Error('the client does not keep up'))
        }
        listener = {
          feed,
          isAllowed: () =>
            mayRead(c, services, feed.project) && (!feed.withCustom || seesBeside(c, services, 'custom')),
          send: (text) => {
            if ((controller.desiredSize ?? 0) <= 0) cutOff()
            else controller.enqueue(encoder.encode(text))
          },
          end: () => controller.close(),
        }
        controller.enqueue(encoder.encode(feed.hello(services.version(), services.clock.now())))
        hub.add(listener)
      },
      cancel() {
        if (listener) hub.remove(listener)
      },
    },
    new ByteLengthQueuingStrategy({ highWaterMark: mostWaiting }),
  )
}
