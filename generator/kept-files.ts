// Files under /proc are read every second for years: opening and closing each of them costs more than what is in it. A
// file that the kernel makes up while it is read stays open and is read again from its start.

import { closeSync, fstatSync, openSync, readSync } from 'node:fs'

/** Bytes asked for at once; the kernel gives less than it has, so a file is at its end when there is nothing more. */
const firstRoom = 16_384

/** Files kept open at most; further ones are opened and closed each time. */
const mostKept = 64

export class KeptFiles {
  readonly #kept = new Map<string, number>()
  #room = Buffer.allocUnsafeSlow(firstRoom)

  /** Text of a file, read anew. Throws what the system does when it cannot be opened or read. */
  read(path: string): string {
    const kept = this.#kept.get(path)
    if (kept !== undefined) return this.#readKept(path, kept)
    const descriptor = openSync(path, 'r')
    // Only what is made up while it is read has no size; a real file may be replaced by another of its name.
    const isKept = this.#kept.size < mostKept && fstatSync(descriptor).size === 0
    try {
      const text = this.#text(descriptor)
      if (isKept) this.#kept.set(path, descriptor)
      return text
    } finally {
      if (!this.#kept.has(path)) closeSync(descriptor)
    }
  }

  #readKept(path: string, descriptor: number): string {
    try {
      return this.#text(descriptor)
    } catch (error) {
      this.#kept.delete(path)
      closeSync(descriptor)
      throw error
    }
  }

  #text(descriptor: number): string {
    let length = 0
    for (;;) {
      if (length === this.#room.length) this.#room = Buffer.concat([this.#room], 2 * length)
      const count = readSync(descriptor, this.#room, length, this.#room.length - length, length)
      if (count === 0) return this.#room.toString('utf8', 0, length)
      length += count
    }
  }
}
