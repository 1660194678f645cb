// The whole screen: draws the shell when the state changes, the cards when the catalogue, the switched-off series or
// the theme change, and the parts that follow the view in every frame. Graphs, sheets and pairing are given to it
// when they are loaded.

import { render, type TemplateResult } from 'lit-html'
import type { Category, Project, Series } from '../../common/wire.ts'
import {
  keepArrangement,
  keptArrangement,
  type SeriesOff,
  seriesOff,
  soloSeries,
  toggleSeries,
} from '../data/kept.ts'
import type { Session } from '../data/session.ts'
import { momentOf, type Reading, readAt, readNewest } from '../data/values.ts'
import type { Graphs } from '../lazy/graphs.ts'
import type { AppState, State } from '../state.ts'
import { Theme } from '../theme/theme.ts'
import { writeAttributes } from '../view/address.ts'
import { frames } from '../view/frames.ts'
import type { View } from '../view/view.ts'
import { type Arrangement, arranged, hide, unarranged } from './arrange.ts'
import { Cards } from './cards.ts'
import { Moment, type MomentActions } from './moment.ts'
import { bindRangeSelect } from './range-select.ts'
import { type ShellActions, shell } from './shell.ts'

export interface ScreenActions extends ShellActions, MomentActions {
  /** Shows what is behind a card. */
  openCard: (category: Category) => void
}

export interface ScreenOptions {
  place: HTMLElement
  state: State
  view: View
  session: Session
  actions: ScreenActions
  /** The pairing screen, once it is there. */
  pairing: () => TemplateResult | null
}

interface Drawn {
  categories: AppState['categories']
  off: SeriesOff
  arrangement: Arrangement
  isDark: boolean
}

/** While offline, the age of the data is written anew this often (ms). */
const ageEveryMs = 5000

export class Screen {
  readonly theme: Theme
  readonly #options: ScreenOptions
  readonly #cards: Cards
  readonly #moment: Moment
  readonly #range: HTMLSelectElement
  #graphs: Graphs | null = null
  #off: SeriesOff = {}
  #arrangement: Arrangement = unarranged
  /** Another one for the time being, in place of that. */
  #passing: Arrangement | null = null
  /** What the cards were drawn from. */
  #drawn: Drawn | null = null

  constructor(options: ScreenOptions) {
    this.#options = options
    const { view, state, session, place, actions } = options
    this.#range = document.createElement('select')
    this.#range.setAttribute('aria-label', 'Time range')
    bindRangeSelect(this.#range, view)
    this.#moment = new Moment(view, actions)
    this.#cards = new Cards({
      read: (category, series) => this.#read(category, series),
      toggle: (category, label) => this.#toggle(category, label),
      solo: (category, label) => this.#solo(category, label),
      more: actions.openCard,
      isHeld: () => view.held,
      nearChanged: (near) => session.buckets.setNear(near),
    })
    // The static shapes of the page have done their work once the shell is drawn.
    place.replaceChildren()
    this.theme = new Theme(() => this.drawSoon())
    this.#follow(state, view, session)
    this.draw()
  }

  /** The graphs are loaded: draws them. */
  setGraphs(graphs: Graphs): void {
    this.#graphs = graphs
    this.#drawn = null
    this.draw()
    for (const { category } of this.#cards.all) this.#passData(category.name)
  }

  /** Says something about what is looked at. */
  say(words: string): void {
    this.#moment.say(words)
  }

  get arrangement(): Arrangement {
    return this.#arrangement
  }

  /** Names of all cards that there could be, hidden ones too, as the machine orders them. */
  get names(): string[] {
    return (this.#options.state.get().categories ?? []).filter(hasSomething).map(({ name }) => name)
  }

  /** Arranges the cards otherwise, and remembers it. */
  arrange(arrangement: Arrangement): void {
    this.#arrangement = arrangement
    this.#passing = null
    keepArrangement(this.#projectKey, arrangement)
    this.drawSoon()
  }

  /** Orders the cards otherwise until `null` ends it, or they are arranged. */
  orderFor(order: readonly string[] | null): void {
    this.#passing = order && { pinned: [], hidden: this.#arrangement.hidden, order }
    this.drawSoon()
  }

  drawSoon(): void {
    frames.draw(this.draw)
  }

  readonly draw = (): void => {
    const { state, view, actions, place, pairing } = this.#options
    const now = state.get()
    this.#drawCards(now.categories)
    const parts = {
      range: this.#range,
      moment: this.#moment.element,
      live: view.state.live,
      groups: this.#groups(),
      pairing: pairing(),
      hidden: this.names.filter((name) => this.#arrangement.hidden.includes(name)),
      endOrder: this.#passing && (() => this.orderFor(null)),
      unhide: (name: string) => this.arrange(hide(this.#arrangement, name)),
    }
    render(shell(now, parts, actions, Date.now()), place)
    this.#drawGraphs()
  }

  #follow(state: State, view: View, session: Session): void {
    view.subscribe((seen, before) => {
      this.#writeAttributes()
      if (seen.live !== before.live) this.drawSoon()
      frames.draw(this.#paintMoment)
      if (momentOf(seen) !== momentOf(before)) this.#cards.stale(undefined, this.#isPassing)
    })
    state.subscribe((now, before) => {
      if (now.project !== before.project) this.#changeProject(now.project)
      this.#writeAttributes()
      this.drawSoon()
    })
    session.subscribe((categories) => {
      this.#cards.stale(categories, this.#isPassing)
      for (const name of categories) this.#passData(name)
    })
    addEventListener('scroll', () => this.#shadeHeader(), { passive: true })
    setInterval(() => (state.get().copy || state.get().link === 'offline') && this.drawSoon(), ageEveryMs)
    this.#writeAttributes()
  }

  /** The window is being moved: what its rows would show is soon something else. */
  get #isPassing(): boolean {
    const { view } = this.#options
    return view.held && view.state.cursor === null
  }

  #changeProject(project: Project | null): void {
    this.#off = seriesOff(project?.key ?? '')
    this.#arrangement = keptArrangement(project?.key ?? '')
    this.#passing = null
    document.title = project ? `${project.name} · Pocketstats` : 'Pocketstats'
  }

  #read({ name, everySeconds }: Category, { id }: Series): Reading | null {
    const { view, session } = this.#options
    const moment = momentOf(view.state)
    if (moment === null) return readNewest(session.newest.get(id), view.now, everySeconds * 1000)
    const holding = session.buckets.holding(name)
    return holding ? readAt(holding, id, moment) : null
  }

  #toggle(category: string, label: string): void {
    this.#off = toggleSeries(this.#projectKey, category, label)
    this.drawSoon()
  }

  #solo({ name, series }: Category, label: string): void {
    const labels = series.map((own) => own.label)
    this.#off = soloSeries(this.#projectKey, name, label, labels)
    this.drawSoon()
  }

  /** A machine's own cards and those that are pinned, then other projects' under their names. */
  #groups(): Map<string, HTMLElement[]> {
    const groups = new Map<string, HTMLElement[]>([['', []]])
    for (const { category, element } of this.#cards.all) {
      const stays = this.#passing || this.#shown.pinned.includes(category.name)
      const name = stays ? '' : (category.project?.name ?? '')
      const group = groups.get(name)
      if (group) group.push(element)
      else groups.set(name, [element])
    }
    return groups
  }

  get #shown(): Arrangement {
    return this.#passing ?? this.#arrangement
  }

  get #projectKey(): string {
    return this.#options.state.get().project?.key ?? ''
  }

  #drawCards(categories: AppState['categories']): void {
    if (this.#isDrawn(categories)) return
    const shown = arranged(this.names, this.#shown)
    const named = new Map((categories ?? []).map((category) => [category.name, category]))
    const inOrder = shown.flatMap((name) => named.get(name) ?? [])
    this.#cards.show(inOrder, this.#off, this.theme.isDark)
  }

  #isDrawn(categories: AppState['categories']): boolean {
    const drawn = this.#drawn
    return (
      drawn?.categories === categories &&
      drawn.off === this.#off &&
      drawn.arrangement === this.#shown &&
      drawn.isDark === this.theme.isDark
    )
  }

  /** After the shell, for graphs measure the place that they get. */
  #drawGraphs(): void {
    const { categories } = this.#options.state.get()
    const { isDark } = this.theme
    const drawn = this.#drawn
    if (this.#isDrawn(categories)) return
    this.#graphs?.show(this.#cards.all, this.#off, isDark)
    if (drawn && drawn.isDark !== isDark) this.#graphs?.setTheme()
    this.#drawn = { categories, off: this.#off, arrangement: this.#shown, isDark }
    for (const { category } of this.#cards.all) this.#passData(category.name)
  }

  #passData(category: string): void {
    this.#graphs?.setData(category, this.#options.session.buckets.holding(category))
  }

  /** Laying it out is a frame's worth of work on a slow phone: rows wait for the next one. */
  readonly #paintMoment = (): number => {
    this.#moment.paint()
    return 5
  }

  /** A window that stands still because nobody updates it does not call itself live. */
  #writeAttributes(): void {
    const { view, state } = this.#options
    const { link, copy } = state.get()
    const live = view.state.live && !copy && link !== 'paused' && link !== 'offline'
    writeAttributes(document.documentElement, { ...view.state, live })
  }

  #shadeHeader(): void {
    this.#options.place.querySelector('.header')?.classList.toggle('over', scrollY > 0)
  }
}

/** A category that was declared and never had a point is no card, unless its gather says why. */
const hasSomething = ({ series, error }: Category): boolean => series.length > 0 || error !== null
