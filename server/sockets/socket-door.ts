// Where points from sockets go: to the project that their setting names, made when the first point comes, or to the one
// whose id a line shows. What cannot be stored now is tried again: a socket that waits loses nothing.

import { setTimeout as pause } from 'node:timers/promises'
import { Problem } from '../../common/problem.ts'
import type { ProjectRecord } from '../../store/app-types.ts'
import type { Intake } from '../points/intake.ts'
import type { Parts } from '../services.ts'
import type { LinePoint } from './read-line.ts'

export type SocketParts = Pick<Parts, 'appStore' | 'ingest' | 'clock' | 'log'>

const retryMs = 1000

export class SocketDoor {
  readonly #parts: SocketParts
  readonly #name: string

  /** `name`: of the project for points that name none. */
  constructor(parts: SocketParts, name: string) {
    this.#parts = parts
    this.#name = name
  }

  /**
   * Stores the points; resolves when all that is good is committed, however long that takes, or when `isGone` says that
   * nobody waits. `refuse` hears of the others.
   */
  async store(
    points: readonly LinePoint[],
    refuse: (reason: string) => void,
    isGone: () => boolean,
  ): Promise<void> {
    for (const [id, group] of Map.groupBy(points, ({ projectid }) => projectid)) {
      try {
        await this.#storeAll(id, group, refuse, isGone)
      } catch (error) {
        if (!(error instanceof Problem)) throw error
        refuse(error.message)
      }
    }
  }

  async #storeAll(
    id: string | undefined,
    points: readonly LinePoint[],
    refuse: (reason: string) => void,
    isGone: () => boolean,
  ): Promise<void> {
    while (!isGone()) {
      try {
        const intake = this.#parts.ingest.open(this.#project(id))
        addAll(intake, points)
        for (const { message } of intake.refusals) refuse(message)
        return await intake.store()
      } catch (error) {
        if (!(error instanceof Problem) || !isPassing(error)) throw error
        await pause((error.details.retryAfterSeconds ?? 0) * 1000 || retryMs)
      }
    }
  }

  #project(id: string | undefined): ProjectRecord {
    const { appStore } = this.#parts
    if (id !== undefined) {
      const named = appStore.projectById(id)
      if (named) return named
      throw new Problem('not-found', 'there is no project with the id that the line names')
    }
    const wanted = this.#name.toLowerCase()
    const known = appStore.projects().find(({ name }) => name.toLowerCase() === wanted)
    return known ?? appStore.createProject({ name: this.#name, kind: 'custom' })
  }
}

/** Full disks and too many points a second pass; everything else would be refused again. */
const isPassing = ({ code, details }: Problem): boolean =>
  code === 'unavailable' || (code === 'too-many' && details.retryAfterSeconds !== undefined)

function addAll(intake: Intake, points: readonly LinePoint[]): void {
  for (const { category, label, time = intake.now, value, says } of points) {
    intake.add(category, label, time, value, 0, says)
  }
}
