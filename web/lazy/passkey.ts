// Passkeys in the browser: made for this device, and shown at the closed door. Only where the browser has them, which
// is under https.

import {
  browserSupportsWebAuthn,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  startAuthentication,
  startRegistration,
} from '@simplewebauthn/browser'
import { request, withBody } from '../data/api.ts'

export { browserSupportsWebAuthn }

/** Makes a passkey. False when the user did not want to; throws an ApiError when the server does not take it. */
export async function makePasskey(): Promise<boolean> {
  const optionsJSON = await post<PublicKeyCredentialCreationOptionsJSON>('/passkeys/options')
  return answered(() => startRegistration({ optionsJSON }), '/passkeys')
}

/** Signs in. False when the user did not want to; throws an ApiError when the server does not know the key. */
export async function showPasskey(): Promise<boolean> {
  const optionsJSON = await post<PublicKeyCredentialRequestOptionsJSON>('/passkeys/sign-in/options')
  return answered(() => startAuthentication({ optionsJSON }), '/passkeys/sign-in')
}

/** This device's passkeys are forgotten. */
export const removePasskeys = (): Promise<unknown> => request('/passkeys', { method: 'DELETE' })

const post = async <T>(path: string): Promise<T> =>
  (await (await request(path, { method: 'POST' })).json()) as T

async function answered(show: () => Promise<object>, path: string): Promise<boolean> {
  const answer = await show().catch(notWanted)
  if (!answer) return false
  await request(path, withBody('POST', answer))
  return true
}

/** The user closed the browser's window, or waited too long: no mistake. */
function notWanted(error: unknown): null {
  const isNo =
    error instanceof Error && ['NotAllowedError', 'AbortError', 'InvalidStateError'].includes(error.name)
  if (!isNo) throw error
  return null
}
