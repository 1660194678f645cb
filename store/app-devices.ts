// Devices: a code that works once turns into a session token, the token into a device.

import { Problem } from '../common/problem.ts'
import { device, pairing, session } from './app-schema.ts'
import type { Device } from './app-types.ts'
import type { Connection } from './connection.ts'
import { and, asc, eq, gt, lte, sql } from './drizzle.ts'
import { hashOf, newPairingCode, newSessionToken, plainPairingCode } from './secrets.ts'

/** How long a pairing code works where nothing else is asked for. */
const pairingLifeSeconds = 600
/** A device's last visit is noted at most this often. */
const seenEveryMs = 60_000

export class Devices {
  readonly #connection: Connection
  /** Prepared once: every request of a paired device asks. */
  readonly #byToken

  constructor(connection: Connection) {
    this.#connection = connection
    this.#byToken = connection.orm
      .select({ id: device.id, name: device.name, lastSeen: device.lastSeen })
      .from(session)
      .innerJoin(device, eq(device.id, session.device))
      .where(eq(session.tokenHash, sql.placeholder('hash')))
      .prepare()
  }

  newPairingCode(now: number, lifeSeconds = pairingLifeSeconds): string {
    const code = newPairingCode()
    const expires = Math.round(now + lifeSeconds * 1000)
    this.#connection.write(() => {
      this.#connection.orm.delete(pairing).where(lte(pairing.expires, now)).run()
      this.#connection.orm
        .insert(pairing)
        .values({ codeHash: hashOf(code), expires })
        .run()
    })
    return code
  }

  redeem(code: string, name: string, now: number): string | null {
    const codeHash = hashOf(plainPairingCode(code))
    return this.#connection.write(() => {
      const valid = and(eq(pairing.codeHash, codeHash), gt(pairing.expires, now))
      if (this.#connection.orm.delete(pairing).where(valid).run().changes === 0) return null
      return this.#pair(name, now)
    })
  }

  of(token: string, now: number): { id: number; name: string } | null {
    const found = this.#connection.read(() => this.#byToken.get({ hash: hashOf(token) }))
    if (!found) return null
    const { id, name, lastSeen } = found
    if (Math.abs(now - lastSeen) >= seenEveryMs) this.#see(id, now)
    return { id, name }
  }

  all(): Device[] {
    return this.#connection.read(() =>
      this.#connection.orm.select().from(device).orderBy(asc(device.id)).all(),
    )
  }

  revoke(id: number): boolean {
    return this.#connection.write(() => {
      this.#connection.orm.delete(session).where(eq(session.device, id)).run()
      return this.#connection.orm.delete(device).where(eq(device.id, id)).run().changes > 0
    })
  }

  #pair(name: string, now: number): string {
    const { orm } = this.#connection
    const token = newSessionToken()
    const { id } = orm
      .insert(device)
      .values({ name, created: now, lastSeen: now })
      .returning({ id: device.id })
      .get()
    orm
      .insert(session)
      .values({ tokenHash: hashOf(token), device: id, created: now })
      .run()
    return token
  }

  /** A disk that is full keeps nobody out. */
  #see(id: number, now: number): void {
    try {
      this.#connection.write(() => {
        this.#connection.orm.update(device).set({ lastSeen: now }).where(eq(device.id, id)).run()
      })
    } catch (error) {
      if (!(error instanceof Problem && error.code === 'unavailable')) throw error
    }
  }
}
