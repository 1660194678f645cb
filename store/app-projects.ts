// Projects: who may add points under which name. One of them is this machine's own.

import { Problem } from '../common/problem.ts'
import { project } from './app-schema.ts'
import type { NewProject, ProjectRecord } from './app-types.ts'
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
}

export class Projects {
  readonly #connection: Connection
  /** Prepared once: nearly every request asks. */
  readonly #inOrder

  constructor(connection: Connection) {
    this.#connection = connection
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
    return this.#connection.read(() => this.#all())
  }

  byId(id: string): ProjectRecord | null {
    return this.#connection.read(
      () =>
        this.#select()
          .where(eq(project.idHash, hashOf(id)))
          .get() ?? null,
    )
  }

  byKey(keyOrName: string): ProjectRecord | null {
    const all = this.all()
    return all.find(({ key }) => key === keyOrName) ?? all.find(({ name }) => name === keyOrName) ?? null
  }

  create({ name, kind, id = newProjectId() }: NewProject): ProjectRecord {
    return this.#connection.write(() => {
      const wanted = name.toLowerCase()
      if (this.#all().some((other) => other.key === wanted || other.name.toLowerCase() === wanted)) {
        throw taken('name', name, 'a name that no other project has')
      }
      const hash = hashOf(id)
      if (this.#select().where(eq(project.idHash, hash)).get()) {
        throw taken('id', undefined, 'an id that no other project has')
      }
      return this.#insert({ name, kind, id })
    })
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
    const record: ProjectRecord = { ...given, key: uniqueKey(given.name, keys), created: systemClock.now() }
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

const taken = (field: string, given: string | undefined, expected: string): Problem =>
  new Problem('conflict', `A project of this ${field} exists already`, {
    field,
    ...(given === undefined ? {} : { given }),
    expected,
  })
