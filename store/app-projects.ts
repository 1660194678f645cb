// Projects: who may add points under which name, and how much. One of them is this machine's own. All are kept in
// memory, for every point asks; SQLite says when another process changed anything.

import { Problem } from '../common/problem.ts'
import { project, retiredId } from './app-schema.ts'
import type { NewProject, ProjectChange, ProjectRecord } from './app-types.ts'
import type { Connection } from './connection.ts'
import { asc, desc, eq, sql } from './drizzle.ts'
import { hashOf, newProjectId } from './secrets.ts'
import { systemClock } from './system-clock.ts'

const columns = {
  key: project.key,
  id: project.id,
  name: project.name,
  kind: project.kind,
  created: project.created,
  archived: project.archived,
  maxSeries: project.maxSeries,
  maxPointsPerSecond: project.maxPointsPerSecond,
  maxAgeSeconds: project.maxAgeSeconds,
}

const unlimited = { archived: false, maxSeries: null, maxPointsPerSecond: null, maxAgeSeconds: null } as const

interface Known {
  commits: number
  dataVersion: number
  all: readonly ProjectRecord[]
  byHash: ReadonlyMap<string, ProjectRecord>
}

export class Projects {
  readonly #connection: Connection
  /** Prepared once: nearly every request asks. */
  readonly #inOrder
  readonly #dataVersion
  #known: Known | undefined

  constructor(connection: Connection) {
    this.#connection = connection
    this.#dataVersion = connection.sqlite.prepare<[], number>('PRAGMA data_version').pluck()
    this.#inOrder = this.#select()
      .orderBy(desc(eq(project.kind, 'machine')), asc(sql`rowid`))
      .prepare()
  }

  machine(name: string): ProjectRecord {
    const known = this.#connection.read(() => this.#machine())
    if (known?.name === name) return known
    return this.#connection.write(() => {
      const found = this.#machine()
      if (!found) return this.#insert({ name, kind: 'machine', id: newProjectId() })
      this.#connection.orm.update(project).set({ name }).where(eq(project.key, found.key)).run()
      return { ...found, name }
    })
  }

  all(): ProjectRecord[] {
    return [...this.#current().all]
  }

  byId(id: string): ProjectRecord | null {
    return this.#current().byHash.get(hashOf(id)) ?? null
  }

  byKey(keyOrName: string): ProjectRecord | null {
    const all = this.all()
    return all.find(({ key }) => key === keyOrName) ?? all.find(({ name }) => name === keyOrName) ?? null
  }

  create({ name, kind, id = newProjectId() }: NewProject): ProjectRecord {
    return this.#connection.write(() => {
      this.#checkName(name)
      const hash = hashOf(id)
      if (this.#select().where(eq(project.idHash, hash)).get()) {
        throw taken('id', undefined, 'an id that no other project has')
      }
      this.#connection.orm.delete(retiredId).where(eq(retiredId.idHash, hash)).run()
      return this.#insert({ name, kind, id })
    })
  }

  update(key: string, { name, ...change }: ProjectChange): ProjectRecord {
    return this.#connection.write(() => {
      const found = this.#need(key)
      if (name !== undefined && name !== found.name) {
        if (found.kind === 'machine') throw ownMachine('renamed: its name is MachineName of settings.conf')
        this.#checkName(name, key)
      }
      if (change.archived === true && found.kind === 'machine') throw ownMachine('archived')
      const changed = { ...found, ...change, name: name ?? found.name }
      this.#connection.orm.update(project).set(changed).where(eq(project.key, key)).run()
      return changed
    })
  }

  /** A new id; the old one is nobody's from now on. */
  rotate(key: string): ProjectRecord {
    return this.#connection.write(() => {
      const found = this.#need(key)
      this.#retire(found)
      const changed = { ...found, id: newProjectId() }
      const idHash = hashOf(changed.id)
      this.#connection.orm.update(project).set({ id: changed.id, idHash }).where(eq(project.key, key)).run()
      return changed
    })
  }

  remove(key: string): void {
    this.#connection.write(() => {
      const found = this.#need(key)
      if (found.kind === 'machine') throw ownMachine('deleted')
      this.#retire(found)
      this.#connection.orm.delete(project).where(eq(project.key, key)).run()
    })
  }

  isRetired(id: string): boolean {
    const query = this.#connection.orm
      .select()
      .from(retiredId)
      .where(eq(retiredId.idHash, hashOf(id)))
    return this.#connection.read(() => query.get() !== undefined)
  }

  #retire({ id }: ProjectRecord): void {
    this.#connection.orm
      .insert(retiredId)
      .values({ idHash: hashOf(id) })
      .onConflictDoNothing()
      .run()
  }

  /** What is in the database now, read again only after a change. */
  #current(): Known {
    return this.#connection.read(() => {
      const { commits } = this.#connection
      const dataVersion = this.#dataVersion.get() ?? 0
      if (this.#known?.commits !== commits || this.#known.dataVersion !== dataVersion) {
        const all = this.#all()
        this.#known = { commits, dataVersion, all, byHash: new Map(all.map((one) => [hashOf(one.id), one])) }
      }
      return this.#known
    })
  }

  #need(key: string): ProjectRecord {
    const found = this.#select().where(eq(project.key, key)).get()
    if (found) return found
    throw new Problem('not-found', 'There is no such project', { field: 'project', given: key })
  }

  /** Names and keys are one: whoever types a name means one project. */
  #checkName(name: string, own?: string): void {
    const wanted = name.toLowerCase()
    const isTaken = (other: ProjectRecord) => other.key === wanted || other.name.toLowerCase() === wanted
    if (this.#all().some((other) => other.key !== own && isTaken(other))) {
      throw taken('name', name, 'a name that no other project has')
    }
  }

  #select() {
    return this.#connection.orm.select(columns).from(project)
  }

  #all(): ProjectRecord[] {
    return this.#inOrder.all()
  }

  #machine(): ProjectRecord | undefined {
    return this.#select().where(eq(project.kind, 'machine')).get()
  }

  #insert(given: { name: string; kind: ProjectRecord['kind']; id: string }): ProjectRecord {
    const keys = new Set(this.#all().map(({ key }) => key))
    const key = uniqueKey(given.name, keys)
    const record: ProjectRecord = { ...unlimited, ...given, key, created: systemClock.now() }
    this.#connection.orm
      .insert(project)
      .values({ ...record, idHash: hashOf(given.id) })
      .run()
    return record
  }
}

function uniqueKey(name: string, taken: ReadonlySet<string>): string {
  const slug = slugOf(name)
  let key = slug
  for (let n = 2; taken.has(key); n++) key = `${slug}-${n}`
  return key
}

/** Small letters, digits and dashes: what an address carries as it is. */
function slugOf(name: string): string {
  const plain = name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
  const slug = plain
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 64)
    .replace(/^-+|-+$/g, '')
  return slug || 'project'
}

const ownMachine = (what: string): Problem =>
  new Problem('conflict', `This machine's own project cannot be ${what}`, { field: 'project' })

const taken = (field: string, given: string | undefined, expected: string): Problem =>
  new Problem('conflict', `A project of this ${field} exists already`, {
    field,
    ...(given === undefined ? {} : { given }),
    expected,
  })
