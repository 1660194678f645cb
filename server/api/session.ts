// How a device gets in and out: a one-time code turns into a session cookie. Codes come from the machine itself or from
// a device of an owner; one for its own second home (the app on the home screen) from any paired device.

import { createRoute, z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { DoneSchema, PairingCodeSchema, type Session, SessionSchema } from '../../common/access-wire.ts'
import { Problem } from '../../common/problem.ts'
import type { Grant, Role, SignedIn } from '../../store/app-types.ts'
import { type CodeGuard, wrongCode } from '../access/code-guard.ts'
import type { PasskeyDoor } from '../access/passkey-door.ts'
import {
  deviceOf,
  isTrustedLoopback,
  keepSession,
  ownersOnly,
  ownPagesOnly,
  type Reader,
  readerOf,
} from '../access/reader.ts'
import { clearSession, writeSession } from '../access/session-cookie.ts'
import { nameField } from '../points/point-fields.ts'
import type { ServerApp, Services } from '../services.ts'
import { failure, json } from './answers.ts'
import { invitationLink } from './invitation-link.ts'
import { namedProject, projectParameter } from './parameters.ts'

const codesPath = '/api/v1/pairing-codes'
const codeLifeSeconds = 600

const sessionRoute = createRoute({
  method: 'get',
  path: '/api/v1/session',
  operationId: 'session',
  tags: ['access'],
  summary: 'Whether this device may read, and why',
  responses: { 200: json('The session', SessionSchema) },
})

const pairRoute = createRoute({
  method: 'post',
  path: '/api/v1/pair',
  operationId: 'pair',
  tags: ['access'],
  summary: 'Pair this device by a one-time code; the answer sets its cookie',
  middleware: [ownPagesOnly] as const,
  request: {
    body: {
      required: true,
      content: {
        'application/json': {
          schema: z.object({
            code: nameField({ example: 'ABCD-2345' }),
            name: nameField({ example: 'Phone' }).default('a device'),
          }),
        },
      },
    },
  },
  responses: {
    200: json('Paired', SessionSchema),
    400: failure('A field is missing or not valid'),
    401: failure('The code is wrong, used or too old'),
    403: failure('A page of another site asked'),
    429: failure('Too many wrong codes; Retry-After says how many seconds to wait'),
  },
})

const signOutRoute = createRoute({
  method: 'delete',
  path: '/api/v1/session',
  operationId: 'signOut',
  tags: ['access'],
  summary: 'End the sessions of this device; only a passkey lets it in again without a code',
  middleware: [ownPagesOnly] as const,
  responses: { 200: json('Signed out', DoneSchema), 403: failure('A page of another site asked') },
})

const codeRoute = createRoute({
  method: 'post',
  path: codesPath,
  operationId: 'pairingCode',
  tags: ['access'],
  summary: 'A code that pairs one more device within ten minutes',
  request: {
    body: {
      required: false,
      content: {
        'application/json': {
          schema: z.object({
            role: z
              .enum(['owner', 'viewer'], { error: 'owner or viewer' })
              .default('owner')
              .describe('What the device will be: owners may change everything, viewers look'),
            project: projectParameter.describe('The only project that a viewer will see; all if left out'),
          }),
        },
      },
    },
  },
  responses: {
    200: json('The code', PairingCodeSchema),
    400: failure('A field is not valid'),
    401: failure('This device is not paired'),
    403: failure('A viewer or a page of another site asked'),
    404: failure('There is no such project'),
  },
})

export function sessionRoutes(
  app: ServerApp,
  services: Services,
  { guard, passkeys }: { guard: CodeGuard; passkeys: PasskeyDoor },
): void {
  const { appStore, clock } = services
  const described = (c: Context, reader: Reader | null): Session => ({
    ...sessionOf(reader, isTrustedLoopback(c, services), passkeys),
    passkey: passkeys.state(c),
  })

  app.openapi(sessionRoute, (c) => {
    const reader = readerOf(c, services)
    if (reader) keepSession(c, services, reader)
    return c.json(described(c, reader), 200)
  })

  app.openapi(pairRoute, async (c) => {
    const { code, name } = c.req.valid('json')
    const redeem = () => appStore.redeemPairingCode(code, name, clock.now())
    const token = await guard.try(c, redeem, wrongCode)
    const device = appStore.deviceOf(token, clock.now())
    const before = deviceOf(c, services)
    if (before && before.id !== device?.id) appStore.revokeDevice(before.id)
    writeSession(c, token, services)
    return c.json(described(c, device && { ...device, device }), 200)
  })

  app.openapi(signOutRoute, (c) => {
    const device = deviceOf(c, services)
    if (device) appStore.signOut(device.id)
    clearSession(c, services)
    return c.json({ ok: true as const }, 200)
  })

  app.use(codesPath, ownersOnly(services))
  app.openapi(codeRoute, (c) => {
    const { role = 'owner', project } = c.req.valid('json')
    const grant = { role, project: limitOf(c, services, role, project) }
    const now = clock.now()
    const code = appStore.newPairingCode(now, { ...grant, lifeSeconds: codeLifeSeconds })
    return c.json(
      { code, expires: now + codeLifeSeconds * 1000, link: invitationLink(c, services, code) },
      200,
    )
  })
}

const ownerOfAll: Grant = { role: 'owner', project: null }
function sessionOf(
  reader: Reader | null,
  loopback: boolean,
  passkeys: PasskeyDoor,
): Omit<Session, 'passkey'> {
  const { device = null, role = null, project = null } = { ...reader, ...(loopback && ownerOfAll) }
  return { paired: device !== null, loopback, role, project, device: device && named(device, passkeys) }
}

const named = ({ id, name }: SignedIn, passkeys: PasskeyDoor) => ({
  id,
  name,
  passkeys: passkeys.countOf(id),
})

/** Throws a Problem for a project that does not exist, and for an owner, who sees all of them. */
function limitOf(c: Context, services: Services, role: Role, project: string | undefined): string | null {
  if (project === undefined) return null
  if (role === 'viewer') return namedProject(c, services, project).key
  throw new Problem('invalid', 'owners see all projects', {
    field: 'project',
    given: project,
    expected: 'nothing, or the role viewer',
  })
}
