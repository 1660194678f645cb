// Sessions: a random token stands for a device and is replaced by another every day. The old one works until the new one
// has been shown (an answer may be lost on its way), and then for a short while more, for requests under way.

import { Problem } from '../common/problem.ts'
import { device, session } from './app-schema.ts'
import type { SignedIn } from './app-types.ts'
import type { Connection } from './connection.ts'
import { eq, lte, or, sql } from './drizzle.ts'
import { hashOf, newSessionToken } from './secrets.ts'

const dayMs = 86_400_000
/** A token is replaced when it is this old. */
const renewAfterMs = dayMs
/** Nobody has shown the new token for so long: it was lost, another is given out. */
const lostAfterMs = 60_000
/** The old token works for so long after the new one was shown. */
const graceMs = 60_000
/** A visit is noted at most this often. */
const seenEveryMs = 60_000
/** A session that nobody used for so long has ended, where nothing else is said. */
const idleMs = 90 * dayMs

type SessionRow = typeof session.$inferSelect

export class Sessions {
  readonly #connection: Connection
  /** Prepared once: every request of a paired device asks. */
  readonly #byToken

  constructor(connection: Connection) {
    this.#connection = connection
    this.#byToken = connection.orm
      .select({ session, id: device.id, name: device.name, role: device.role, project: device.project })
      .from(session)
      .innerJoin(device, eq(device.id, session.device))
      .where(eq(session.tokenHash, sql.placeholder('hash')))
      .prepare()
  }

  /** A new session's token; inside a transaction of the caller. */
  open(deviceId: number, now: number, previous: string | null = null): string {
    const token = newSessionToken()
    this.#connection.orm
      .insert(session)
      .values({ tokenHash: hashOf(token), device: deviceId, created: now, used: now, previous })
      .run()
    return token
  }

  of(token: string, now: number, idleSeconds = idleMs / 1000): SignedIn | null {
    const found = this.#connection.read(() => this.#byToken.get({ hash: hashOf(token) }))
    if (!found) return null
    const { session: row, ...signedIn } = found
    if (now - row.used >= idleSeconds * 1000 || (row.ends !== null && now >= row.ends)) return null
    if (row.previous !== null || Math.abs(now - row.used) >= seenEveryMs) this.#see(row, now)
    return { ...signedIn, renewalDue: isDue(row, now) }
  }

  renew(token: string, now: number): string | null {
    const previous = hashOf(token)
    return this.#connection.write(() => {
      const { orm } = this.#connection
      const row = orm.select().from(session).where(eq(session.tokenHash, previous)).get()
      if (!row || !isDue(row, now)) return null
      // One that was given out before and never shown; and what has ended.
      orm
        .delete(session)
        .where(or(eq(session.previous, previous), lte(session.ends, now)))
        .run()
      orm.update(session).set({ replaced: now }).where(eq(session.tokenHash, previous)).run()
      return this.open(row.device, now, previous)
    })
  }

  end(deviceId: number): void {
    this.#connection.write(() => {
      this.#connection.orm.delete(session).where(eq(session.device, deviceId)).run()
    })
  }

  /** A disk that is full keeps nobody out. */
  #see({ tokenHash, previous, device: id }: SessionRow, now: number): void {
    const { orm } = this.#connection
    try {
      this.#connection.write(() => {
        const ends = now + graceMs
        if (previous !== null) orm.update(session).set({ ends }).where(eq(session.tokenHash, previous)).run()
        orm.update(session).set({ used: now, previous: null }).where(eq(session.tokenHash, tokenHash)).run()
        orm.update(device).set({ lastSeen: now }).where(eq(device.id, id)).run()
      })
    } catch (error) {
      if (!(error instanceof Problem && error.code === 'unavailable')) throw error
    }
  }
}

const isDue = ({ previous, ends, created, replaced }: SessionRow, now: number): boolean =>
  previous === null &&
  ends === null &&
  now - created >= renewAfterMs &&
  (replaced === null || now - replaced >= lostAfterMs)
