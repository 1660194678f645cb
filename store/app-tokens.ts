// Tokens for scripts: whoever shows one may read what a viewer reads, and change nothing.

import { Problem } from '../common/problem.ts'
import { token } from './app-schema.ts'
import type { ScriptToken } from './app-types.ts'
import type { Connection } from './connection.ts'
import { asc, eq, sql } from './drizzle.ts'
import { hashOf, newScriptToken } from './secrets.ts'

/** A use is noted at most this often. */
const usedEveryMs = 60_000

const columns = {
  id: token.id,
  name: token.name,
  project: token.project,
  created: token.created,
  lastUsed: token.lastUsed,
}

export class Tokens {
  readonly #connection: Connection
  /** Prepared once: every request of a script asks. */
  readonly #byToken

  constructor(connection: Connection) {
    this.#connection = connection
    this.#byToken = connection.orm
      .select(columns)
      .from(token)
      .where(eq(token.tokenHash, sql.placeholder('hash')))
      .prepare()
  }

  create({ name, project }: { name: string; project: string | null }, now: number): string {
    const secret = newScriptToken()
    this.#connection.write(() => {
      this.#connection.orm
        .insert(token)
        .values({ tokenHash: hashOf(secret), name, project, created: now })
        .run()
    })
    return secret
  }

  of(secret: string, now: number): ScriptToken | null {
    const found = this.#connection.read(() => this.#byToken.get({ hash: hashOf(secret) })) ?? null
    if (found && Math.abs(now - (found.lastUsed ?? 0)) >= usedEveryMs) this.#use(found.id, now)
    return found
  }

  all(): ScriptToken[] {
    return this.#connection.read(() =>
      this.#connection.orm.select(columns).from(token).orderBy(asc(token.id)).all(),
    )
  }

  revoke(id: number): boolean {
    return this.#connection.write(
      () => this.#connection.orm.delete(token).where(eq(token.id, id)).run().changes > 0,
    )
  }

  /** A disk that is full keeps no script out. */
  #use(id: number, now: number): void {
    try {
      this.#connection.write(() => {
        this.#connection.orm.update(token).set({ lastUsed: now }).where(eq(token.id, id)).run()
      })
    } catch (error) {
      if (!(error instanceof Problem && error.code === 'unavailable')) throw error
    }
  }
}
