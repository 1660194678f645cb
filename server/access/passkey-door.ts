// Passkeys: a paired device keeps a key with which it signs in again when its cookie is gone. Browsers have them under
// https (and on localhost) and for names only, never for bare IP addresses.

import { isIPv4 } from 'node:net'
import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server'
import type { Context } from 'hono'
import { Problem } from '../../common/problem.ts'
import type { Passkey, SignedIn } from '../../store/app-types.ts'
import type { Services } from '../services.ts'
import { hostHeader, hostNameOf, isLoopbackHost, isSecure } from './caller.ts'
import { Challenges } from './challenges.ts'

/** EdDSA, ES256 and RS256, as COSE calls them: one of these every authenticator has. */
const supportedAlgorithmIDs = [-8, -7, -257]

/** Its megabytes are loaded when somebody uses a passkey, not before. */
const webauthn = () => import('@simplewebauthn/server')

/** For the browser's own functions; nothing here looks into it but for the challenge. */
type Options = { challenge: string }

export class PasskeyDoor {
  readonly #services: Services
  readonly #challenges: Challenges

  constructor(services: Services) {
    this.#services = services
    this.#challenges = new Challenges(services.clock)
  }

  /** Whether there are passkeys for the address that was called, or could be. */
  state(c: Context): 'none' | 'possible' | 'there' {
    const host = this.#host(c)
    if (host === null) return 'none'
    return this.#keysOf(host).length > 0 ? 'there' : 'possible'
  }

  /** How many passkeys a device has. */
  countOf(device: number): number {
    return this.#services.appStore.passkeys().filter((key) => key.device === device).length
  }

  /** What the browser needs to make a key for `device`. Throws a Problem where this address can have none. */
  async registration(c: Context, device: SignedIn): Promise<Options> {
    const rpID = this.#needHost(c)
    const { generateRegistrationOptions } = await webauthn()
    const options = await generateRegistrationOptions({
      ...{ rpID, rpName: 'Pocketstats', userName: device.name },
      userID: new TextEncoder().encode(`device ${device.id}`),
      excludeCredentials: this.#keysOf(rpID).filter((key) => key.device === device.id),
      supportedAlgorithmIDs,
      authenticatorSelection: { residentKey: 'required', userVerification: 'preferred' },
    })
    this.#challenges.add(options.challenge, device.id)
    return options
  }

  /** Keeps the key that the browser made. Throws a Problem `invalid` for one that does not fit what was asked. */
  async register(c: Context, device: SignedIn, response: RegistrationResponseJSON): Promise<void> {
    const host = this.#needHost(c)
    const { verifyRegistrationResponse } = await webauthn()
    const { registrationInfo } = await sound(() =>
      verifyRegistrationResponse({
        ...{ response, supportedAlgorithmIDs },
        ...this.#expected(c, host, device.id),
      }),
    )
    if (!registrationInfo) throw unsound()
    const { id, publicKey, counter } = registrationInfo.credential
    const key: Passkey = { id, publicKey, counter, device: device.id, host }
    this.#services.appStore.addPasskey(key, this.#services.clock.now())
  }

  /** What the browser needs to show a key, whichever it has. */
  async request(c: Context): Promise<Options> {
    const { generateAuthenticationOptions } = await webauthn()
    const options = await generateAuthenticationOptions({ rpID: this.#needHost(c) })
    this.#challenges.add(options.challenge, null)
    return options
  }

  /** A new session's token for the key's device; null for a key that is not known, or not really shown. */
  async signIn(c: Context, response: AuthenticationResponseJSON): Promise<string | null> {
    const host = this.#needHost(c)
    const key = this.#keysOf(host).find(({ id }) => id === response.id)
    if (!key) return null
    const { verifyAuthenticationResponse } = await webauthn()
    const { verified, authenticationInfo } = await sound(() =>
      verifyAuthenticationResponse({ response, credential: key, ...this.#expected(c, host, null) }),
    )
    if (!verified) return null
    const { appStore, clock } = this.#services
    return appStore.signInWithPasskey(key.id, authenticationInfo.newCounter, clock.now())
  }

  #expected(c: Context, host: string, device: number | null) {
    return {
      expectedChallenge: (challenge: string) => this.#challenges.take(challenge, device),
      expectedOrigin: `${isSecure(c, this.#services) ? 'https' : 'http'}://${hostHeader(c).toLowerCase()}`,
      expectedRPID: host,
      requireUserVerification: false,
    }
  }

  #keysOf(host: string): Passkey[] {
    return this.#services.appStore.passkeys().filter((key) => key.host === host)
  }

  #host(c: Context): string | null {
    const asked = hostHeader(c)
    const name = hostNameOf(asked)
    const isName = name !== undefined && !name.startsWith('[') && !isIPv4(name)
    return isName && (isSecure(c, this.#services) || isLoopbackHost(asked)) ? name : null
  }

  #needHost(c: Context): string {
    const host = this.#host(c)
    if (host !== null) return host
    throw new Problem('conflict', 'a passkey needs https and a name: browsers make none for an IP address')
  }
}

/** What a browser sends is anybody's: whatever the library finds wrong with it is the sender's mistake. */
async function sound<T>(verify: () => Promise<T>): Promise<T> {
  try {
    return await verify()
  } catch {
    throw unsound()
  }
}

const unsound = (): Problem => new Problem('invalid', 'this is no answer to what was asked of the passkey')
