// What the app asks the server about who may look: this device, the others, codes, tokens and passkeys.

import type { NewToken, PairingCode, Session, WireDevice, WireToken } from '../../common/access-wire.ts'
import { request, withBody } from '../data/api.ts'

const ask = async <T>(path: string, init: RequestInit = {}): Promise<T> =>
  (await (await request(path, init)).json()) as T

export const fetchSession = (): Promise<Session> => ask<Session>('/session')

/** Ends the sessions of this device. */
export const signOut = (): Promise<unknown> => ask('/session', { method: 'DELETE' })

export const fetchDevices = async (): Promise<WireDevice[]> =>
  (await ask<{ devices: WireDevice[] }>('/devices')).devices

export const renameDevice = async (id: number, name: string): Promise<WireDevice[]> =>
  (await ask<{ devices: WireDevice[] }>(`/devices/${id}`, withBody('PATCH', { name }))).devices

export const revokeDevice = (id: number): Promise<unknown> => ask(`/devices/${id}`, { method: 'DELETE' })

/** A code that pairs another device; `project` limits a viewer to one. */
export const invite = (role: 'owner' | 'viewer', project?: string): Promise<PairingCode> =>
  ask<PairingCode>('/pairing-codes', withBody('POST', { role, ...(project && { project }) }))

/** A code that lets this device in once more, from an app or browser that shares no cookies with this one. */
export const handOver = (): Promise<PairingCode> => ask<PairingCode>('/hand-over', { method: 'POST' })

export const fetchTokens = async (): Promise<WireToken[]> =>
  (await ask<{ tokens: WireToken[] }>('/tokens')).tokens

/** The token, shown this once. */
export const newToken = async (name: string, project?: string): Promise<string> =>
  (await ask<NewToken>('/tokens', withBody('POST', { name, ...(project && { project }) }))).token

export const revokeToken = (id: number): Promise<unknown> => ask(`/tokens/${id}`, { method: 'DELETE' })
