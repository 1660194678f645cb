// Gives freed pages back to the disk and keeps SQLite's log short, in steps that no other write waits long for, and
// tells when the disk is almost full.

import { statfsSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Connection } from '../connection.ts'

/** Below this much free space points are given up before MaxAge. */
export const lowDiskBytes = 64 * 1024 * 1024

/** Pages given back in one step. */
const pagesAtOnce = 16
/** Free pages that stay for the points to come: giving them back only to grow again wears the disk. */
const sparePages = (pages: number): number => 8 + Math.floor(pages / 50)
/** The log is emptied when it is longer than this. */
const logBytes = 8 * 1024 * 1024
/** And when so many pages were given back: the file becomes shorter only then, but every time wears the disk. */
const worthEmptying = (pages: number): number => Math.min(1024, pages / 16)
/** How long emptying the log may wait for readers and writers of other processes. */
const checkpointWaitMs = 10

/** Bytes that are free on the disk of `file`. */
export function freeBytesOf(file: string): number {
  const { bavail, bsize } = statfsSync(dirname(file))
  return bavail * bsize
}

export class Space {
  readonly #connection: Connection
  /** Pages that were given back since the log was last emptied. */
  #gaveBack = 0

  constructor(connection: Connection) {
    this.#connection = connection
  }

  /** Moves a few pages from the end of the file into its gaps and cuts it; true when there are more. */
  giveBack(): boolean {
    const { sqlite } = this.#connection
    return this.#connection.read(() => {
      if (this.#surplus() < pagesAtOnce) return false
      sqlite.pragma(`incremental_vacuum(${pagesAtOnce})`)
      this.#connection.commits += 1
      this.#gaveBack += pagesAtOnce
      return this.#surplus() >= pagesAtOnce
    })
  }

  /** Gives every free page back and empties the log. */
  giveBackAll(): void {
    this.#connection.read(() => this.#connection.sqlite.pragma('incremental_vacuum'))
    this.#emptyLog()
  }

  /** Empties the log where there is cause: with `isUrgent` after any page that was given back. */
  shortenLog(isUrgent: boolean): void {
    const log = statSync(`${this.#connection.file}-wal`, { throwIfNoEntry: false })
    const isTooLong = (log?.size ?? 0) > logBytes
    if (isTooLong || (this.#gaveBack > 0 && (isUrgent || this.#isWorthEmptying()))) this.#emptyLog()
  }

  #isWorthEmptying(): boolean {
    return this.#gaveBack >= worthEmptying(this.#pages())
  }

  /** Writes the log into the file, which only then becomes shorter. */
  #emptyLog(): void {
    this.#gaveBack = 0
    this.#connection.impatient(checkpointWaitMs, () =>
      this.#connection.sqlite.pragma('wal_checkpoint(TRUNCATE)'),
    )
  }

  #surplus(): number {
    const { sqlite } = this.#connection
    return Number(sqlite.pragma('freelist_count', { simple: true })) - sparePages(this.#pages())
  }

  #pages(): number {
    return Number(this.#connection.sqlite.pragma('page_count', { simple: true }))
  }
}
