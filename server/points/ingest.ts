// The one way in: whatever the format and the wire, points come through here, where the limits of their project hold
// and where they are stored in turn with everybody else's.

import { Problem } from '../../common/problem.ts'
import type { ProjectRecord } from '../../store/app-types.ts'
import type { Parts } from '../services.ts'
import { CommitQueue } from './commit-queue.ts'
import { Intake } from './intake.ts'
import { type Limits, ProjectGate } from './project-gate.ts'

type IngestParts = Pick<Parts, 'store' | 'clock' | 'retention' | 'settings' | 'storage'>

export class Ingest {
  readonly #services: IngestParts
  readonly #queue: CommitQueue
  readonly #gates = new Map<string, ProjectGate>()

  constructor(services: IngestParts) {
    this.#services = services
    this.#queue = new CommitQueue(services.store)
  }

  /**
   * Begins to take points for a project. Throws a Problem `too-many` where its points come too fast, and `forbidden`
   * where it takes none.
   */
  open(project: ProjectRecord): Intake {
    const { store, storage, clock, retention } = this.#services
    if (project.archived) throw archived()
    const limits = this.limitsOf(project)
    const gate = this.#gateOf(project.key)
    gate.pass(limits, clock.monotonic())
    const plan = retention.plan()
    const now = clock.now()
    return new Intake({ store, queue: this.#queue, storage, gate, owner: project, limits, plan, now })
  }

  /** For points of a project that is only made if they are good: nothing of it is ever stored. */
  trial(): Intake {
    const { store, storage, clock, retention } = this.#services
    const limits = this.limitsOf({ maxSeries: null, maxPointsPerSecond: null, maxAgeSeconds: null })
    const owner = { key: '', kind: 'custom' } as const
    const [plan, now, gate] = [retention.plan(), clock.now(), new ProjectGate()]
    return new Intake({ store, queue: this.#queue, storage, gate, owner, limits, plan, now })
  }

  /** The project's own limits, those of the settings where it has none. */
  limitsOf(project: Pick<ProjectRecord, 'maxSeries' | 'maxPointsPerSecond' | 'maxAgeSeconds'>): Limits {
    const { SeriesPerProject, PointsPerSecond } = this.#services.settings.Limits
    return {
      maxSeries: project.maxSeries ?? SeriesPerProject,
      maxPointsPerSecond: project.maxPointsPerSecond ?? PointsPerSecond,
      maxAgeSeconds: project.maxAgeSeconds ?? Number.POSITIVE_INFINITY,
    }
  }

  #gateOf(key: string): ProjectGate {
    const known = this.#gates.get(key)
    if (known) return known
    const gate = new ProjectGate()
    this.#gates.set(key, gate)
    return gate
  }
}

const archived = (): Problem =>
  new Problem('forbidden', 'this project is archived and takes no points', {
    field: 'projectid',
    expected: 'the id of a project in use; its owner can take it out of the archive',
  })
