// Passkeys: public keys with which a device, once paired, signs in again when its session is gone. They end with it.

import { passkey } from './app-schema.ts'
import type { Sessions } from './app-sessions.ts'
import type { Passkey } from './app-types.ts'
import type { Connection } from './connection.ts'
import { eq } from './drizzle.ts'

export class Passkeys {
  readonly #connection: Connection
  readonly #sessions: Sessions

  constructor(connection: Connection, sessions: Sessions) {
    this.#connection = connection
    this.#sessions = sessions
  }

  add(given: Passkey, now: number): void {
    const values = { ...given, publicKey: Buffer.from(given.publicKey), created: now }
    this.#connection.write(() => {
      this.#connection.orm.insert(passkey).values(values).onConflictDoNothing().run()
    })
  }

  all(): Passkey[] {
    const rows = this.#connection.read(() => this.#connection.orm.select().from(passkey).all())
    return rows.map(({ created: _, publicKey, ...rest }) => ({
      ...rest,
      publicKey: new Uint8Array(publicKey),
    }))
  }

  /** The token of a new session for the key's device, noting how often the key was used; null for an unknown key. */
  signIn(id: string, counter: number, now: number): string | null {
    return this.#connection.write(() => {
      const { orm } = this.#connection
      const used = orm.update(passkey).set({ counter }).where(eq(passkey.id, id)).returning().get()
      return used ? this.#sessions.open(used.device, now) : null
    })
  }

  removeOf(device: number): boolean {
    return this.#connection.write(
      () => this.#connection.orm.delete(passkey).where(eq(passkey.device, device)).run().changes > 0,
    )
  }
}
