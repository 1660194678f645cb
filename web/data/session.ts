// One project's data for the screen: its catalogue, the newest values, the buckets of the window and the live stream,
// kept together. Whatever fails ends in the state as a sentence, and comes right by itself when the server is back.

import type { Catalogue, Category, Hello, LivePoints, Project, Storage, Values } from '../../common/wire.ts'
import type { State } from '../state.ts'
import { followPresent } from '../view/follow.ts'
import type { View } from '../view/view.ts'
import { ApiError, fetchCatalogue, fetchLatest, fetchProjects } from './api.ts'
import { Buckets } from './buckets.ts'
import { Live } from './live.ts'
import { NewestValues } from './newest-values.ts'
import { Present } from './present.ts'

export interface SessionOptions {
  state: State
  view: View
  /** Width of a graph in CSS pixels; null while none is drawn. */
  pixels: () => number | null
  /** The project's key that the address asks for, or was looked at last; '' when none. */
  preferred: string
}

/** Catalogue events are answered at most this often (ms). */
const catalogueEveryMs = 300
/** Where nothing could be loaded yet, or nothing is there yet, try again after this long (ms). */
const retryMs = 1000
/** A project that came is told of for so long (ms). */
const newsMs = 60_000
/** A machine is silent when its newest point is older than this (ms); looked at this often. */
const silentMs = 15_000
const freshEveryMs = 5000

export class Session {
  readonly buckets: Buckets
  readonly newest = new NewestValues()
  readonly #options: SessionOptions
  readonly #present = new Present()
  readonly #live: Live
  readonly #listeners = new Set<(categories: readonly string[]) => void>()
  #preferred: string
  #stopFollowing: (() => void) | null = null
  #catalogueTimer: ReturnType<typeof setTimeout> | undefined
  /** The project's stream has been open. */
  #greeted = false
  /** When its first question was asked, by `performance.now()`. */
  #askedAt = Number.POSITIVE_INFINITY
  #catalogueAt = Number.NEGATIVE_INFINITY
  /** It changed while the page was hidden. */
  #catalogueStale = false
  #retryTimer: ReturnType<typeof setTimeout> | undefined
  #newsTimer: ReturnType<typeof setTimeout> | undefined

  constructor(options: SessionOptions) {
    this.#options = options
    this.#preferred = options.preferred
    this.buckets = new Buckets({
      view: options.view,
      pixels: options.pixels,
      ahead: () => !document.hidden,
      changed: (categories) => this.#changed(categories),
      failed: (error) => this.#failed(error),
      loaded: () => this.#arrived(),
    })
    this.#live = new Live({
      hello: (hello) => this.#greet(hello),
      points: (points) => this.#take(points),
      catalogue: () => this.#catalogueSoon(),
      late: (span) => this.buckets.reloadSpan(span),
      lost: () => this.#lost(),
      gated: () => this.#failed(new ApiError(0, '', true)),
      refused: () => this.#refused(),
      gone: () => this.#retryLater(),
    })
    document.addEventListener('visibilitychange', () => this.#wake())
    addEventListener('pageshow', ({ persisted }) => persisted && this.#wake())
    addEventListener('resize', () => this.buckets.look())
    setInterval(() => this.#checkFresh(), freshEveryMs)
  }

  /** The present by the server's clock (ms). */
  now(): number {
    return this.#present.now()
  }

  /** Calls `listener` with the categories whose numbers are other than before; returns the way to stop. */
  subscribe(listener: (categories: readonly string[]) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Loads projects and catalogue and opens the stream. Never throws: failures stand in the state. */
  async start(): Promise<void> {
    clearTimeout(this.#retryTimer)
    if (!this.#greeted) this.#askedAt = Math.min(this.#askedAt, performance.now())
    // Most often it is the project of the last time: asked for before the list has come.
    const [key, guess] = [this.#preferred, this.#preferred === '' ? null : ask(this.#preferred)]
    guess?.catch(() => {})
    try {
      const projects = await fetchProjects()
      const project = chosen(projects, this.#preferred)
      this.#options.state.set({ access: 'open', projects, project, problem: null, gate: false })
      // The stream first: what is stored after it opened comes by it, what was stored before by the questions.
      this.#breathe()
      if (project) await this.#loadAll(project.key, project.key === key ? guess : null)
      else this.#retryLater()
    } catch (error) {
      this.#failed(error)
    }
  }

  /** Shows another project. */
  async choose({ key }: Project): Promise<void> {
    this.#preferred = key
    this.#live.forget()
    this.#greeted = false
    this.#askedAt = Number.POSITIVE_INFINITY
    this.newest.clear()
    this.#options.state.set({ silent: false, project: null, news: null, categories: null, updated: null })
    await this.start()
  }

  /** Shows what was seen last, until somebody answers. Does nothing once somebody has. */
  showCopy({ project, projects, categories, storage, values, seenAt }: Copy): void {
    const { state, view } = this.#options
    if (state.get().categories !== null || state.get().access === 'unpaired') return
    view.follow(seenAt)
    this.newest.learnAnswer({ project: project.key, time: seenAt, values: [...values] })
    state.set({ ...{ project, projects, categories, storage }, copy: true, updated: seenAt })
    this.buckets.setCatalogue(project.key, categories)
    this.#changed(categories.map(({ name }) => name))
  }

  /** The connection may be dead without anybody having said so: opens it anew. */
  revive(): void {
    const { access, copy, categories } = this.#options.state.get()
    this.#live.revive()
    if (access !== 'unpaired' && (copy || categories === null)) void this.start()
  }

  /** Shows the project that came while another was looked at. */
  async showNews(): Promise<void> {
    const { news } = this.#options.state.get()
    if (news) await this.choose(news)
  }

  /** Asks for everything on the screen again; a live window moves to the present. */
  async refresh(): Promise<void> {
    const { state, view } = this.#options
    state.set({ busy: true })
    view.follow(this.#present.now())
    this.#live.retry()
    this.buckets.reloadAll()
    await this.start()
    state.set({ busy: false })
  }

  /** Switches automatic update on or off. */
  setAuto(auto: boolean): void {
    this.#options.state.set({ auto })
    this.#breathe()
  }

  /** The page was shown or hidden. Nothing is asked while it is hidden. */
  #wake(): void {
    this.#breathe()
    if (document.hidden) return
    const { access, categories, copy } = this.#options.state.get()
    if (access !== 'unpaired' && (copy || categories === null)) void this.start()
    else if (this.#catalogueStale) this.#catalogueSoon()
  }

  /** A machine that sends nothing any more is not live, although its server is there. */
  #checkFresh(): void {
    const { link, project, categories } = this.#options.state.get()
    if (document.hidden || link !== 'live' || project?.kind !== 'machine') return
    const own = (categories ?? []).flatMap((category) => (category.project ? [] : category.series))
    const newest = Math.max(...own.map(({ id }) => this.newest.get(id)?.time ?? 0))
    this.#options.state.set({ silent: this.now() - newest > silentMs })
  }

  /** Opens or closes the stream: it is open while somebody looks who wants it. */
  #breathe(): void {
    const { auto, project, access, link } = this.#options.state.get()
    const wanted = auto && !document.hidden && access === 'open' && project !== null
    if (!wanted) this.#live.stop()
    else if (!this.#live.open) this.#live.start(project.key)
    if (!auto) this.#options.state.set({ link: 'paused' })
    else if (link === 'paused') this.#options.state.set({ link: 'connecting' })
    this.#follow(wanted && link !== 'offline')
  }

  /** Lets a live window follow the present, or stand still: what is not live must not look it. */
  #follow(on: boolean): void {
    if (on) this.#stopFollowing ??= followPresent(this.#options.view, () => this.#present.now())
    else this.#stopFollowing?.()
    if (!on) this.#stopFollowing = null
  }

  #greet({ now, resumed, version }: Hello): void {
    const isFirst = !this.#greeted
    this.#greeted = true
    this.#present.learn(now)
    this.#options.state.set({ link: 'live', problem: null, gate: false, serverVersion: version })
    this.#follow(true)
    // A stream that goes on brings what was missed.
    if (resumed) return
    if (isFirst) {
      // It opened after the first questions were asked: what came between the two is asked for.
      this.buckets.doubt(now - (performance.now() - this.#askedAt))
      this.#catalogueSoon()
    } else {
      this.buckets.reload()
      void this.start()
    }
  }

  #lost(): void {
    this.#options.state.set({ link: 'offline' })
    this.#follow(false)
  }

  #refused(): void {
    this.#options.state.set({ access: 'unpaired' })
    this.#breathe()
  }

  #retryLater(): void {
    clearTimeout(this.#retryTimer)
    this.#retryTimer = setTimeout(() => document.hidden || void this.start(), retryMs)
  }

  #take(points: LivePoints): void {
    const ids = this.newest.learnLive(points)
    this.buckets.add(points)
    this.#changed(this.#categoriesOf(ids))
    this.#options.state.set({ silent: false })
    this.#arrived()
  }

  #changed(categories: readonly string[]): void {
    for (const listener of this.#listeners) listener(categories)
  }

  #categoriesOf(ids: ReadonlySet<number>): string[] {
    const categories = this.#options.state.get().categories ?? []
    return categories.filter(({ series }) => series.some(({ id }) => ids.has(id))).map(({ name }) => name)
  }

  #catalogueSoon(): void {
    const wait = this.#catalogueAt + catalogueEveryMs - Date.now()
    this.#catalogueTimer ??= setTimeout(() => {
      this.#catalogueTimer = undefined
      this.#catalogueAt = Date.now()
      this.#catalogueStale = document.hidden
      const { project } = this.#options.state.get()
      if (project && !document.hidden) {
        const all = Promise.all([this.#loadAll(project.key), this.#meetProjects()])
        all.catch((error: unknown) => this.#failed(error))
      }
    }, wait)
  }

  /** A project that came meanwhile is shown when it is the one that was asked for; any other is told of where it is not shown. */
  async #meetProjects(): Promise<void> {
    const { state } = this.#options
    const projects = await fetchProjects()
    const known = new Set(state.get().projects.map(({ key }) => key))
    const fresh = projects.find(({ key }) => !known.has(key))
    state.set({ projects })
    if (!fresh) return
    if (named(projects, this.#preferred) === fresh) return this.choose(fresh)
    if (state.get().project?.kind === 'machine' && fresh.kind === 'custom') return
    state.set({ news: fresh })
    clearTimeout(this.#newsTimer)
    this.#newsTimer = setTimeout(() => state.set({ news: null }), newsMs)
  }

  async #loadAll(key: string, early: Answers | null = null): Promise<void> {
    const [catalogue, latest] = await (early ?? ask(key))
    if (this.#options.state.get().project?.key !== key) return
    const { categories, now, storage, version, database = null } = catalogue
    this.#present.learn(now)
    const { copy, categories: before } = this.#options.state.get()
    const isFirst = copy || before === null
    if (isFirst || this.#stopFollowing) this.#options.view.follow(this.#present.now())
    this.newest.learnAnswer(latest)
    this.#options.view.oldest = oldestOf(categories)
    this.#options.state.set({
      categories,
      storage,
      problem: null,
      ...{ database, copy: false },
      // An older server does not say.
      ...(version && { serverVersion: version }),
    })
    this.buckets.setCatalogue(key, categories)
    this.#changed(categories.map(({ name }) => name))
  }

  #arrived(): void {
    this.#options.state.set({ updated: Date.now(), problem: null })
  }

  #failed(error: unknown): void {
    const { state } = this.#options
    if (!(error instanceof ApiError)) {
      reportError(error)
      state.set({ problem: 'Something went wrong in this app. Reload it, please.' })
    } else if (error.status === 401 && !error.gate) {
      this.#refused()
    } else {
      if (error.away || error.gate) this.#lost()
      state.set({ problem: error.message || state.get().problem, gate: error.gate })
      const { categories, copy } = state.get()
      if (copy || categories === null) this.#retryLater()
    }
  }
}

/** What was seen of a project last, and when, by this device's clock (ms). */
export interface Copy {
  readonly project: Project
  readonly projects: readonly Project[]
  readonly categories: readonly Category[]
  readonly storage: Storage | null
  readonly values: Values['values']
  readonly seenAt: number
}

type Answers = Promise<[Catalogue, Values]>

const ask = (key: string): Answers => Promise.all([fetchCatalogue(key), fetchLatest(key)])

/** The preferred project by key or name; else the machine's own; else any. */
function chosen(projects: readonly Project[], preferred: string): Project | null {
  return named(projects, preferred) ?? projects.find(({ kind }) => kind === 'machine') ?? projects[0] ?? null
}

const named = (projects: readonly Project[], preferred: string): Project | undefined =>
  projects.find(({ key }) => key === preferred) ?? projects.find(({ name }) => name === preferred)

function oldestOf(categories: readonly Category[]): number | null {
  const times = categories.flatMap(({ firstTime }) => (firstTime === null ? [] : [firstTime]))
  return times.length === 0 ? null : Math.min(...times)
}
