// What was seen on this device, kept between visits within a bound: the screen of each project, and the runs of buckets
// of its graphs. What was used longest ago goes first; all of it goes when the server has another database or lets
// this device in as another one.

import { endOf, type Holding } from '../data/holding.ts'
import type { Past, Sought } from '../data/past.ts'
import { type Held, isTrusted, type Span } from '../data/wanted.ts'
import { type DeviceDatabase, type SeenBlock, type SeenScreen, seenStores } from './device-database.ts'

/** At most so many bytes of columns are kept. */
const mostBytes = 32 * 1024 * 1024
/** Points of this machine do not come later than this (ms); what others add may. */
const settledMs = 15 * 60_000
/** Settled buckets are not asked for again within this time (ms). */
const trustMs = 86_400_000
/** What came is written when nothing more has come for so long (ms), one run of buckets after the other. */
const restMs = 1500
const betweenMs = 40

export interface SeenOptions {
  database: DeviceDatabase
  blocks: readonly SeenBlock[]
  bytes?: number
  now?: () => number
}

export class Seen implements Past {
  readonly #database: DeviceDatabase
  /** By project and category, then by id. */
  readonly #blocks = new Map<string, Map<string, SeenBlock>>()
  /** What is to be written, by id: while a finger moves nothing is. */
  readonly #waiting = new Map<string, [SeenBlock, Holding]>()
  #timer: ReturnType<typeof setTimeout> | undefined
  readonly #mostBytes: number
  readonly #now: () => number
  #visit = newVisit()

  /** `blocks` are those that the database holds. */
  constructor({ database, blocks, bytes = mostBytes, now = Date.now }: SeenOptions) {
    this.#database = database
    for (const block of blocks) this.#put(block)
    this.#mostBytes = bytes
    this.#now = now
  }

  static async open(database: DeviceDatabase): Promise<Seen> {
    return new Seen({ database, blocks: await database.getAll('blocks') })
  }

  find({ project, category, stepMs, window }: Sought, least: number): Promise<Held | null> | null {
    const share = ({ from, until }: SeenBlock): number =>
      Math.max(0, Math.min(until, window.to) - Math.max(from, window.from)) / (window.to - window.from)
    const [best] = this.#of(project, category)
      .filter((block) => block.stepMs === stepMs && share(block) > least)
      .sort((a, b) => share(b) - share(a))
    return best ? this.#read(best) : null
  }

  keep(project: string, category: string, held: Held, isRegular: boolean): void {
    const { holding, askedStepMs: stepMs, until: end } = held
    const { from } = holding
    const now = this.#now()
    const until = Math.min(end, endOf(holding), now)
    if (!isTrusted(held) || until <= from) return
    const id = JSON.stringify([project, category, stepMs, from])
    const bytes = holding.columns.size * holding.length * 4 * Float64Array.BYTES_PER_ELEMENT
    const settled = isRegular && until < now - settledMs
    const times = { from, until, savedAt: now, usedAt: now }
    const block = { ...{ id, project, category, stepMs, bytes, settled }, ...times, visit: this.#visit }
    this.#waiting.set(id, [block, holding])
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#writeNext(), restMs)
  }

  /** Writes at once what waits to be written: the page may be gone soon. */
  flush(): void {
    clearTimeout(this.#timer)
    for (const [block, holding] of this.#waiting.values()) this.#write(block, holding)
    this.#waiting.clear()
  }

  doubt(): void {
    this.#visit = newVisit()
  }

  forget(project: string, span?: Span, category?: string): void {
    const isTouched = (block: SeenBlock): boolean =>
      block.project === project &&
      (category === undefined || block.category === category) &&
      (!span || (block.from < span.to && block.until > span.from))
    for (const [id, [block]] of this.#waiting) if (isTouched(block)) this.#waiting.delete(id)
    this.#remove(this.#all.filter(isTouched))
  }

  /** Keeps a project's screen. */
  async keepScreen(screen: SeenScreen): Promise<void> {
    await quietly(this.#database.put('screens', screen))
  }

  /** The screen of the project with this key or name; of the one seen last where neither is given. */
  async screen(wanted: string): Promise<SeenScreen | null> {
    const screens = await this.#database.getAll('screens')
    screens.sort((a, b) => b.seenAt - a.seenAt)
    const named = screens.find(({ key, project }) => key === wanted || project.name === wanted)
    return named ?? (wanted === '' ? screens[0] : undefined) ?? null
  }

  /** Says whose all of it is: what was kept for anybody else is forgotten. */
  async belongsTo(owner: string): Promise<void> {
    const before = await this.#database.get('notes', 'owner')
    if (before !== undefined && before !== owner) await this.clear()
    if (before !== owner) await quietly(this.#database.put('notes', owner, 'owner'))
  }

  /** Forgets everything that was seen. */
  async clear(): Promise<void> {
    this.#blocks.clear()
    this.#waiting.clear()
    await Promise.all(seenStores.map((name) => quietly(this.#database.clear(name))))
  }

  get #all(): SeenBlock[] {
    return [...this.#blocks.values()].flatMap((blocks) => [...blocks.values()])
  }

  #of(project: string, category: string): SeenBlock[] {
    return [...(this.#blocks.get(shelfOf(project, category))?.values() ?? [])]
  }

  #put(block: SeenBlock): void {
    const shelf = shelfOf(block.project, block.category)
    const blocks = this.#blocks.get(shelf) ?? new Map<string, SeenBlock>()
    this.#blocks.set(shelf, blocks.set(block.id, block))
  }

  #take({ id, project, category }: SeenBlock): void {
    this.#blocks.get(shelfOf(project, category))?.delete(id)
  }

  async #read(block: SeenBlock): Promise<Held | null> {
    const holding = await this.#database.get('holdings', block.id).catch(() => undefined)
    // Another tab may have forgotten it.
    if (!holding) {
      this.#take(block)
      return null
    }
    block.usedAt = this.#now()
    const trusted = block.visit === this.#visit || (block.settled && this.#now() - block.savedAt < trustMs)
    return { holding, askedStepMs: block.stepMs, until: block.until, ...(trusted ? {} : { doubtful: true }) }
  }

  /** One at a time: whoever looks at the screen notices nothing. */
  #writeNext(): void {
    const [next] = this.#waiting
    if (!next) return
    const [id, [block, holding]] = next
    this.#waiting.delete(id)
    this.#write(block, holding)
    this.#timer = setTimeout(() => this.#writeNext(), betweenMs)
  }

  #write(block: SeenBlock, holding: Holding): void {
    const { id, project, category, stepMs, from, until } = block
    const covered = this.#of(project, category).filter(
      (other) => other.id !== id && other.stepMs === stepMs && from <= other.from && until >= other.until,
    )
    this.#put(block)
    this.#remove([...covered, ...this.#tooMany()])
    if (!this.#blocks.get(shelfOf(project, category))?.has(id)) return
    void quietly(this.#database.put('blocks', block))
    void quietly(this.#database.put('holdings', compact(holding), id))
  }

  #remove(blocks: readonly SeenBlock[]): void {
    for (const block of blocks) {
      this.#take(block)
      void quietly(this.#database.delete('blocks', block.id))
      void quietly(this.#database.delete('holdings', block.id))
    }
  }

  /** Those that were used longest ago, until the rest fits. */
  #tooMany(): SeenBlock[] {
    const all = this.#all
    let bytes = all.reduce((sum, block) => sum + block.bytes, 0)
    const gone: SeenBlock[] = []
    for (const block of all.sort((a, b) => a.usedAt - b.usedAt)) {
      if (bytes <= this.#mostBytes) break
      bytes -= block.bytes
      gone.push(block)
    }
    return gone
  }
}

/** Also on plain http, where browsers make no UUIDs. */
const newVisit = (): string => `${Date.now()} ${Math.random()}`

const shelfOf = (project: string, category: string): string => `${project}\n${category}`

/** Columns may be longer than what is in them. */
function compact(holding: Holding): Holding {
  const columns: Holding['columns'] = new Map()
  for (const [id, { count, min, mean, max }] of holding.columns) {
    const [counts, mins, means, maxs] = [count, min, mean, max].map((one) => one.slice(0, holding.length))
    if (counts && mins && means && maxs) columns.set(id, { count: counts, min: mins, mean: means, max: maxs })
  }
  return { ...holding, columns }
}

/** A device that is full keeps less; nothing else is wrong then. */
const quietly = (work: Promise<unknown>): Promise<unknown> => work.catch(() => undefined)
