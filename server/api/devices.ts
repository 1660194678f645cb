// Who is in: paired devices, told to owners, who rename them and put them out.

import { createRoute, z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { DevicesSchema, DoneSchema, type WireDevice } from '../../common/access-wire.ts'
import { deviceOf, ownersOnly } from '../access/reader.ts'
import { nameField } from '../points/point-fields.ts'
import type { ServerApp, Services } from '../services.ts'
import { failure, json, ownerFailures } from './answers.ts'
import { idParameter, notFound } from './parameters.ts'

const path = '/api/v1/devices'
const one = { params: z.object({ id: idParameter }) }
const unknown = { 404: failure('There is no such device') }

const listRoute = createRoute({
  method: 'get',
  path,
  operationId: 'devices',
  tags: ['access'],
  summary: 'All paired devices',
  responses: { 200: json('The devices', DevicesSchema), ...ownerFailures },
})

const renameRoute = createRoute({
  method: 'patch',
  path: `${path}/{id}`,
  operationId: 'renameDevice',
  tags: ['access'],
  summary: 'Give a device another name',
  request: {
    ...one,
    body: {
      required: true,
      content: { 'application/json': { schema: z.object({ name: nameField({ example: 'Phone' }) }) } },
    },
  },
  responses: { 200: json('All paired devices', DevicesSchema), ...ownerFailures, ...unknown },
})

const revokeRoute = createRoute({
  method: 'delete',
  path: `${path}/{id}`,
  operationId: 'revokeDevice',
  tags: ['access'],
  summary: 'Put a device out: its sessions and passkeys end, its open stream within a second',
  request: one,
  responses: { 200: json('Out', DoneSchema), ...ownerFailures, ...unknown },
})

export function devicesRoutes(app: ServerApp, services: Services): void {
  const { appStore } = services
  app.use(path, ownersOnly(services))
  app.use(`${path}/*`, ownersOnly(services))
  app.openapi(listRoute, (c) => c.json({ devices: described(c, services) }, 200))
  app.openapi(renameRoute, (c) => {
    const { id } = c.req.valid('param')
    if (!appStore.renameDevice(id, c.req.valid('json').name)) throw notFound('device', String(id), [])
    return c.json({ devices: described(c, services) }, 200)
  })
  app.openapi(revokeRoute, (c) => {
    const { id } = c.req.valid('param')
    if (!appStore.revokeDevice(id)) throw notFound('device', String(id), [])
    return c.json({ ok: true as const }, 200)
  })
}

function described(c: Context, services: Services): WireDevice[] {
  const present = deviceOf(c, services)?.id
  const passkeys = services.appStore.passkeys()
  return services.appStore.devices().map((device) => ({
    ...device,
    present: device.id === present,
    passkeys: passkeys.filter((key) => key.device === device.id).length,
  }))
}
