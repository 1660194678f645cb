// Random words that stand for rights: project ids, pairing codes, session and script tokens; and the hash under which
// they are kept and found.

import { createHash, randomBytes, randomInt } from 'node:crypto'

/** Without letters and digits that look or sound alike: no 0 O 1 I L U. 30 signs, 39 bits in eight. */
const pairingSigns = '23456789ABCDEFGHJKMNPQRSTVWXYZ'
const pairingLength = 8

const tokenPrefix = 'pocketstats_'

/** 128 random bits in hexadecimal. */
export const newProjectId = (): string => randomBytes(16).toString('hex')

/** 256 random bits in base64url. */
export const newSessionToken = (): string => randomBytes(32).toString('base64url')

/** 256 random bits in base64url, behind a word by which people and scanners for leaked secrets know what it is. */
export const newScriptToken = (): string => `${tokenPrefix}${randomBytes(32).toString('base64url')}`

/** Whether a text looks like a token for scripts, whether or not it is one. */
export const isScriptToken = (text: string): boolean => text.startsWith(tokenPrefix)

/** Eight unambiguous capital letters and digits. */
export const newPairingCode = (): string =>
  Array.from({ length: pairingLength }, () => pairingSigns[randomInt(pairingSigns.length)]).join('')

/** A pairing code as people type it, brought to the form in which it was made. */
export const plainPairingCode = (typed: string): string => typed.replace(/[\s-]+/g, '').toUpperCase()

/** SHA-256 in hexadecimal: finding a row by it tells nothing, by time, about the secret itself. */
export const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex')
