// All cards of the screen: makes and keeps one per category, knows which are on and near the screen, and paints their
// rows: those that are seen as soon as a frame has time for them, in turn, the others when nothing moves any more.

import type { Category, Series } from '../../common/wire.ts'
import type { SeriesOff } from '../data/kept.ts'
import type { Reading } from '../data/values.ts'
import { type DrawJob, frames } from '../view/frames.ts'
import { Card, type CardLook } from './card.ts'
import { forgetCard, measureCard } from './masonry.ts'

export interface CardsOptions {
  /** The reading of a series at the moment that the screen shows; null is a gap. */
  read: (category: Category, series: Series) => Reading | null
  /** The user switched a series off or on. */
  toggle: (category: string, label: string) => void
  /** The user wants one series alone, or all again. */
  solo: (category: Category, label: string) => void
  /** The user wants to see what is behind a card. */
  more: (category: Category) => void
  /** A finger moves window or cursor: ranges of values wait until it rests. */
  isHeld: () => boolean
  /** Other cards than before are on or near the screen. */
  nearChanged: (categories: ReadonlySet<string>) => void
}

/** How many times as long the browser takes for changed words as it takes to change them. */
const laterPerNow = 30
/** So many rows of a card change in a frame, and under a finger that changes all of them in every frame. */
const rowsAtOnce = 3
const rowsWhileHeld = 2
/** Nothing has moved for this long (ms). */
const restMs = 200

export class Cards {
  readonly #options: CardsOptions
  readonly #cards = new Map<string, Card>()
  readonly #jobs = new Map<string, DrawJob>()
  readonly #seen = new Set<string>()
  readonly #near = new Set<string>()
  readonly #stale = new Set<string>()
  readonly #observer: IntersectionObserver
  readonly #sight: IntersectionObserver
  #rest: ReturnType<typeof setTimeout> | undefined
  #isResting = false
  #looks = new Map<string, CardLook>()

  constructor(options: CardsOptions) {
    this.#options = options
    this.#observer = new IntersectionObserver((entries) => this.#observe(entries), { rootMargin: '50%' })
    this.#sight = new IntersectionObserver((entries) => this.#see(entries))
  }

  get all(): Card[] {
    return [...this.#cards.values()]
  }

  /** Makes the cards be those of `categories`, in their order. */
  show(categories: readonly Category[], off: SeriesOff, isDark: boolean): void {
    const names = new Set(categories.map(({ name }) => name))
    for (const [name, card] of this.#cards) if (!names.has(name)) this.#remove(name, card)
    const looks = new Map<string, CardLook>()
    const cards = categories.map((category) => {
      const look = this.#lookOf(category.name, off[category.name] ?? [], isDark)
      looks.set(category.name, look)
      const card = this.#cards.get(category.name) ?? this.#add(category, look)
      card.update(category, look)
      return [category.name, card] as const
    })
    this.#looks = looks
    this.#cards.clear()
    for (const [name, card] of cards) this.#cards.set(name, card)
    this.stale()
  }

  /**
   * These categories (all when left out) have other readings than their rows show. `isPassing`: they will soon have
   * others again, so that only what comes to rest is worth painting.
   */
  stale(categories: Iterable<string> = this.#cards.keys(), isPassing = false): void {
    this.#isResting = false
    for (const name of categories) {
      this.#stale.add(name)
      if (isPassing) continue
      this.#cards.get(name)?.stale()
      if (this.#seen.has(name)) this.#ask(name)
    }
    // Only a finger may put off what rests: points come all the time.
    if (this.#options.isHeld()) clearTimeout(this.#rest)
    else if (this.#rest !== undefined) return
    this.#rest = setTimeout(() => this.#settle(), restMs)
  }

  #settle(): void {
    this.#rest = undefined
    this.#isResting = true
    for (const name of this.#stale) {
      this.#cards.get(name)?.stale()
      this.#ask(name)
    }
  }

  #ask(name: string): void {
    const job = this.#jobs.get(name)
    if (job) frames.draw(job)
  }

  #paint(name: string): number {
    const start = performance.now()
    const card = this.#cards.get(name)
    const isBrief = this.#options.isHeld() && !this.#isResting
    const owed = card?.paint(
      (series) => this.#options.read(card.category, series),
      isBrief,
      isBrief ? rowsWhileHeld : rowsAtOnce,
    )
    if (owed) this.#ask(name)
    else if (!isBrief) this.#stale.delete(name)
    return (performance.now() - start) * laterPerNow
  }

  /** The same object as before while nothing of it changed, so that cards see at once that they need not draw. */
  #lookOf(name: string, off: readonly string[], isDark: boolean): CardLook {
    const before = this.#looks.get(name)
    const same = before?.isDark === isDark && before.off.join('\0') === off.join('\0')
    return same ? before : { off, isDark }
  }

  #add(category: Category, look: CardLook): Card {
    const { toggle, solo, more } = this.#options
    const card: Card = new Card(category, look, {
      toggle: (label) => toggle(category.name, label),
      solo: (label) => solo(card.category, label),
      more: () => more(card.category),
    })
    this.#observer.observe(card.element)
    this.#sight.observe(card.element)
    this.#jobs.set(category.name, () => this.#paint(category.name))
    measureCard(card.element)
    return card
  }

  #remove(name: string, card: Card): void {
    this.#observer.unobserve(card.element)
    this.#sight.unobserve(card.element)
    this.#jobs.delete(name)
    this.#seen.delete(name)
    forgetCard(card.element)
    this.#near.delete(name)
    this.#cards.delete(name)
  }

  #observe(entries: readonly IntersectionObserverEntry[]): void {
    for (const { target, isIntersecting } of entries) {
      const name = target instanceof HTMLElement ? (target.dataset.category ?? '') : ''
      if (isIntersecting && this.#cards.get(name)?.element === target) this.#near.add(name)
      else this.#near.delete(name)
    }
    this.#options.nearChanged(new Set(this.#near))
    this.stale()
  }

  #see(entries: readonly IntersectionObserverEntry[]): void {
    for (const { target, isIntersecting } of entries) {
      const name = target instanceof HTMLElement ? (target.dataset.category ?? '') : ''
      if (isIntersecting && this.#cards.has(name)) this.#seen.add(name)
      else this.#seen.delete(name)
      if (isIntersecting && this.#stale.has(name)) this.#ask(name)
    }
  }
}
