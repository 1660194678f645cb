// Codes that work once: each lets in a new device by a given right, or lets one that is in already in once more (the app
// on its home screen, which shares no cookies with its browser).

import type { Devices } from './app-devices.ts'
import { pairing } from './app-schema.ts'
import type { Sessions } from './app-sessions.ts'
import type { PairingOptions } from './app-types.ts'
import type { Connection } from './connection.ts'
import { and, eq, gt, lte } from './drizzle.ts'
import { hashOf, newPairingCode, plainPairingCode } from './secrets.ts'

/** How long a code works where nothing else is asked for. */
const usualLifeSeconds = 600
/** Codes of one device that wait at a time; the oldest goes. */
const mostOfDevice = 20

export class PairingCodes {
  readonly #connection: Connection
  readonly #devices: Devices
  readonly #sessions: Sessions

  constructor(connection: Connection, devices: Devices, sessions: Sessions) {
    this.#connection = connection
    this.#devices = devices
    this.#sessions = sessions
  }

  create(now: number, options: PairingOptions = {}): string {
    const { role = 'owner', project = null, device = null, lifeSeconds = usualLifeSeconds } = options
    const code = newPairingCode()
    const expires = Math.round(now + lifeSeconds * 1000)
    this.#connection.write(() => {
      this.#connection.orm.delete(pairing).where(lte(pairing.expires, now)).run()
      if (device !== null) this.#makeRoom(device)
      this.#connection.orm
        .insert(pairing)
        .values({ codeHash: hashOf(code), expires, role, project, device })
        .run()
    })
    return code
  }

  redeem(code: string, name: string, now: number): string | null {
    const codeHash = hashOf(plainPairingCode(code))
    return this.#connection.write(() => {
      const valid = and(eq(pairing.codeHash, codeHash), gt(pairing.expires, now))
      const used = this.#connection.orm.delete(pairing).where(valid).returning().get()
      if (!used) return null
      return this.#sessions.open(used.device ?? this.#devices.add(name, used, now), now)
    })
  }

  #makeRoom(device: number): void {
    const { orm } = this.#connection
    const waiting = orm
      .select()
      .from(pairing)
      .where(eq(pairing.device, device))
      .orderBy(pairing.expires)
      .all()
    for (const { codeHash } of waiting.slice(0, Math.max(0, waiting.length - mostOfDevice + 1))) {
      orm.delete(pairing).where(eq(pairing.codeHash, codeHash)).run()
    }
  }
}
