// Devices: what was paired, by which right it may look or change, and how it is put out again.

import { device } from './app-schema.ts'
import type { Device, Grant } from './app-types.ts'
import type { Connection } from './connection.ts'
import { asc, eq } from './drizzle.ts'

export class Devices {
  readonly #connection: Connection

  constructor(connection: Connection) {
    this.#connection = connection
  }

  all(): Device[] {
    return this.#connection.read(() =>
      this.#connection.orm.select().from(device).orderBy(asc(device.id)).all(),
    )
  }

  /** The new device's id; inside a transaction of the caller. */
  add(name: string, { role, project }: Grant, now: number): number {
    return this.#connection.orm
      .insert(device)
      .values({ name, role, project, created: now, lastSeen: now })
      .returning({ id: device.id })
      .get().id
  }

  rename(id: number, name: string): boolean {
    return this.#connection.write(
      () => this.#connection.orm.update(device).set({ name }).where(eq(device.id, id)).run().changes > 0,
    )
  }

  /** Its sessions, codes and passkeys go with it. */
  revoke(id: number): boolean {
    return this.#connection.write(
      () => this.#connection.orm.delete(device).where(eq(device.id, id)).run().changes > 0,
    )
  }
}
