// The app on an iPhone's home screen has cookies of its own: paired in Safari, it would open to a closed door. So a
// paired device gets codes that let it in once more, and its home-screen app is given one with its start address.

import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createRoute } from '@hono/zod-openapi'
import { PairingCodeSchema } from '../../common/access-wire.ts'
import { Problem } from '../../common/problem.ts'
import { isFromForeignPage } from '../access/caller.ts'
import { deviceOf, ownPagesOnly } from '../access/reader.ts'
import type { ServerApp, Services } from '../services.ts'
import { failure, json } from './answers.ts'
import { invitationLink } from './invitation-link.ts'

const lifeSeconds = 900

const route = createRoute({
  method: 'post',
  path: '/api/v1/hand-over',
  operationId: 'handOver',
  tags: ['access'],
  summary:
    'A code that lets this device in once more, from an app or browser that shares no cookies with this one',
  middleware: [ownPagesOnly] as const,
  responses: {
    200: json('The code', PairingCodeSchema),
    401: failure('This device is not paired'),
    403: failure('A page of another site asked'),
    409: failure('This is no paired device: the machine itself, or a script with a token'),
  },
})

/** Adds `POST /api/v1/hand-over`, and `GET /install.webmanifest`: the install card with a code in its start address. */
export function handOverRoutes(app: ServerApp, services: Services, assetsFolder: string): void {
  const { appStore, clock } = services
  const newCode = (device: number): string => appStore.newPairingCode(clock.now(), { device, lifeSeconds })

  app.openapi(route, (c) => {
    const device = deviceOf(c, services)
    if (!device) throw new Problem('conflict', 'only a paired device can be let in once more')
    const code = newCode(device.id)
    const link = invitationLink(c, services, code)
    return c.json({ code, expires: clock.now() + lifeSeconds * 1000, link }, 200)
  })

  app.get('/install.webmanifest', async (c) => {
    const device = isFromForeignPage(c) ? null : deviceOf(c, services)
    const card = await installCard(assetsFolder)
    // Behind `#`: it is not sent with the request that starts the app, and no log and no referrer has it.
    const start = device ? { start_url: `/#enter=${newCode(device.id)}` } : {}
    return c.body(JSON.stringify({ ...card, ...start }), 200, { 'Content-Type': 'application/manifest+json' })
  })
}

async function installCard(assetsFolder: string): Promise<object> {
  try {
    return JSON.parse(await readFile(join(assetsFolder, 'manifest.webmanifest'), 'utf8')) as object
  } catch {
    throw new Problem('unavailable', 'the app has not been built yet: npm run build')
  }
}
