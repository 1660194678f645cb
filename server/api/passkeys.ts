// A passkey is made by a paired device for itself, and opens the closed door again when its cookie is gone.

import { createRoute, z } from '@hono/zod-openapi'
import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server'
import type { Context } from 'hono'
import { DoneSchema } from '../../common/access-wire.ts'
import { Problem } from '../../common/problem.ts'
import type { SignedIn } from '../../store/app-types.ts'
import type { CodeGuard } from '../access/code-guard.ts'
import type { PasskeyDoor } from '../access/passkey-door.ts'
import { deviceOf, ownPagesOnly } from '../access/reader.ts'
import { writeSession } from '../access/session-cookie.ts'
import type { ServerApp, Services } from '../services.ts'
import { failure, json } from './answers.ts'

const path = '/api/v1/passkeys'
/** Open to everybody: whoever has the key is let in. */
export const signInPath = '/api/v1/passkeys/sign-in'

/** As WebAuthn says it, see https://www.w3.org/TR/webauthn-3/#sctn-parseCreationOptionsFromJSON. */
const optionsSchema = z.looseObject({ challenge: z.string() })
const credentialSchema = z.looseObject({
  id: z.string({ error: 'a credential as WebAuthn says it' }),
  type: z.literal('public-key', { error: 'public-key' }),
})
const credential = {
  body: { required: true, content: { 'application/json': { schema: credentialSchema } } },
} as const
const failures = {
  403: failure('A page of another site asked'),
  409: failure('This address can have no passkeys: they need https and a name'),
} as const

const optionsRoute = createRoute({
  method: 'post',
  path: `${path}/options`,
  operationId: 'passkeyOptions',
  tags: ['access'],
  summary: 'What a browser needs to make a passkey for this device',
  middleware: [ownPagesOnly] as const,
  responses: {
    200: json('As PublicKeyCredentialCreationOptionsJSON', optionsSchema),
    401: failure('This device is not paired'),
    ...failures,
  },
})

const addRoute = createRoute({
  method: 'post',
  path,
  operationId: 'addPasskey',
  tags: ['access'],
  summary: 'Keep a passkey of this device',
  middleware: [ownPagesOnly] as const,
  request: credential,
  responses: {
    200: json('Kept', DoneSchema),
    400: failure('It does not fit what was asked'),
    401: failure('This device is not paired'),
    ...failures,
  },
})

const removeRoute = createRoute({
  method: 'delete',
  path,
  operationId: 'removePasskeys',
  tags: ['access'],
  summary: "Forget this device's passkeys",
  middleware: [ownPagesOnly] as const,
  responses: { 200: json('Forgotten', DoneSchema), 401: failure('This device is not paired'), ...failures },
})

const requestRoute = createRoute({
  method: 'post',
  path: `${signInPath}/options`,
  operationId: 'signInOptions',
  tags: ['access'],
  summary: 'What a browser needs to show a passkey',
  middleware: [ownPagesOnly] as const,
  responses: { 200: json('As PublicKeyCredentialRequestOptionsJSON', optionsSchema), ...failures },
})

const signInRoute = createRoute({
  method: 'post',
  path: signInPath,
  operationId: 'signIn',
  tags: ['access'],
  summary: 'Sign in by a passkey; the answer sets the cookie',
  middleware: [ownPagesOnly] as const,
  request: credential,
  responses: {
    200: json('Signed in', DoneSchema),
    400: failure('It does not fit what was asked'),
    401: failure('Nobody knows this passkey'),
    429: failure('Too many wrong ones; Retry-After says how many seconds to wait'),
    ...failures,
  },
})

export function passkeysRoutes(
  app: ServerApp,
  services: Services,
  { guard, passkeys }: { guard: CodeGuard; passkeys: PasskeyDoor },
): void {
  app.openapi(optionsRoute, async (c) => c.json(await passkeys.registration(c, needDevice(c, services)), 200))
  app.openapi(addRoute, async (c) => {
    const response = c.req.valid('json') as unknown as RegistrationResponseJSON
    await passkeys.register(c, needDevice(c, services), response)
    return c.json({ ok: true as const }, 200)
  })
  app.openapi(removeRoute, (c) => {
    services.appStore.removePasskeys(needDevice(c, services).id)
    return c.json({ ok: true as const }, 200)
  })
  app.openapi(requestRoute, async (c) => c.json(await passkeys.request(c), 200))
  app.openapi(signInRoute, async (c) => {
    const response = c.req.valid('json') as unknown as AuthenticationResponseJSON
    const token = await guard.try(c, () => passkeys.signIn(c, response), unknownKey)
    writeSession(c, token, services)
    return c.json({ ok: true as const }, 200)
  })
}

const unknownKey = (): Problem =>
  new Problem('unauthorized', 'this passkey is not known here: pair the device by a code')

function needDevice(c: Context, services: Services): SignedIn {
  const device = deviceOf(c, services)
  if (device) return device
  throw new Problem('unauthorized', 'a passkey is made by a paired device, for itself')
}
