// What travels between server and app about who may look and change: sessions, codes, devices, tokens for scripts.

import { z } from 'zod'

const time = z.number().int().describe('Milliseconds since 1970-01-01T00:00:00Z')
const role = z
  .enum(['owner', 'viewer'], { error: 'owner or viewer' })
  .describe('Owners may change everything, viewers look')
const passkeys = z.number().int().describe('Passkeys with which it can sign in again')
const project = z.string().nullable().describe('Key of the only project that it may see; null: all')

export const SessionSchema = z
  .object({
    paired: z.boolean().describe('This device was paired'),
    loopback: z.boolean().describe('Reading is allowed because the request comes from this machine'),
    role: role.nullable().describe('Owners may change everything, viewers look; null: a stranger'),
    project,
    device: z.object({ id: z.number().int(), name: z.string(), passkeys }).nullable(),
    passkey: z
      .enum(['none', 'possible', 'there'])
      .describe(
        'Whether somebody may sign in under this address with a passkey; possible: one could be made here',
      ),
  })
  .meta({ id: 'Session' })
export type Session = z.infer<typeof SessionSchema>

export const PairingCodeSchema = z
  .object({
    code: z.string(),
    expires: time,
    link: z.string().describe('An address that another device can open, with the code behind its #'),
  })
  .meta({ id: 'PairingCode' })
export type PairingCode = z.infer<typeof PairingCodeSchema>

export const DeviceSchema = z
  .object({
    id: z.number().int(),
    name: z.string(),
    role,
    project,
    created: time,
    lastSeen: time,
    present: z.boolean().describe('It is the one that asks'),
    passkeys,
  })
  .meta({ id: 'Device' })
export type WireDevice = z.infer<typeof DeviceSchema>

export const DevicesSchema = z.object({ devices: z.array(DeviceSchema) }).meta({ id: 'Devices' })

export const TokenSchema = z
  .object({
    id: z.number().int(),
    name: z.string(),
    project,
    created: time,
    lastUsed: time.nullable(),
  })
  .meta({ id: 'Token' })
export type WireToken = z.infer<typeof TokenSchema>

export const TokensSchema = z.object({ tokens: z.array(TokenSchema) }).meta({ id: 'Tokens' })

export const NewTokenSchema = z
  .object({ token: z.string().describe('Shown this once: only its hash is kept') })
  .meta({ id: 'NewToken' })
export type NewToken = z.infer<typeof NewTokenSchema>

export const DoneSchema = z.object({ ok: z.literal(true) }).meta({ id: 'Done' })
