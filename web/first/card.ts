// One category's card: title, what its gather says when it fails, a row per series, and the place where the graph
// comes once it is loaded.

import { html, nothing, render, type TemplateResult } from 'lit-html'
import type { Category, Series } from '../../common/wire.ts'
import type { Reading } from '../data/values.ts'
import { seriesColor } from '../theme/palette.ts'
import { icons } from './icons.ts'
import { onLongPress } from './long-press.ts'
import { row } from './row.ts'
import { RowPainter } from './row-painter.ts'

/** Labels up to this long, and units whose values are short, fit three to a line on a phone. */
const shortLabel = 8
const shortUnits: readonly string[] = ['', '%', '°C']

/** More rows than these stand side by side also without a graph below. */
const mostAlone = 4

/** So many rows are shown at once; the others are folded away until asked for. */
const rowsUnfolded = 8

export interface CardLook {
  /** Labels of the series that are switched off. */
  off: readonly string[]
  isDark: boolean
}

export interface CardActions {
  /** Switches a series off or on. */
  toggle: (label: string) => void
  /** Shows a series alone, or all again. */
  solo: (label: string) => void
  /** Shows what is behind the card. */
  more: () => void
}

export class Card {
  readonly element: HTMLElement
  /** Where the graph goes; null when the category wants none. */
  plot: HTMLElement | null = null
  #category: Category
  #look: CardLook
  #painters: { series: Series; painter: RowPainter }[] = []
  #unfolded = false
  #owed = 0
  #next = -1
  readonly #actions: CardActions

  constructor(category: Category, look: CardLook, actions: CardActions) {
    this.#category = category
    this.#look = look
    this.#actions = actions
    this.element = document.createElement('section')
    this.element.className = 'card'
    this.element.dataset.category = category.name
    this.element.setAttribute('aria-label', category.name)
    onLongPress(this.element, labelOf, actions.solo)
    this.#draw()
  }

  get category(): Category {
    return this.#category
  }

  /** Shows another state of the category, or another look. Does nothing when both are the same as before. */
  update(category: Category, look: CardLook): void {
    if (category === this.#category && look === this.#look) return
    this.#category = category
    this.#look = look
    this.#draw()
  }

  /** All rows owe another reading. */
  stale(): void {
    this.#owed = this.#painters.length
  }

  /**
   * Shows `read`'s reading (null is a gap) in up to `most` of the rows that owe one, in turn; `isBrief`: without its
   * range. Returns how many still owe one.
   */
  paint(read: (series: Series) => Reading | null, isBrief: boolean, most: number): number {
    for (let n = 0; n < most && this.#owed > 0; n++, this.#owed--) {
      this.#next = (this.#next + 1) % this.#painters.length
      const row = this.#painters[this.#next]
      row?.painter.paint(read(row.series), isBrief)
    }
    return this.#owed
  }

  #draw(): void {
    render(this.#template(), this.element)
    const { series } = this.#category
    const rows = [...this.element.querySelectorAll<HTMLElement>('.row')]
    this.#painters = rows.flatMap((element, index) => {
      const own = series[index]
      if (!own) return []
      element.style.setProperty('--color', seriesColor(index, this.#look.isDark))
      return [{ series: own, painter: this.#painterOf(element, own) }]
    })
    this.plot = this.element.querySelector('.plot')
  }

  /** Painters know what their row shows and are kept as long as the row is. */
  readonly #known = new WeakMap<HTMLElement, { series: Series; painter: RowPainter }>()

  #painterOf(element: HTMLElement, series: Series): RowPainter {
    const known = this.#known.get(element)
    if (known && sameSeries(known.series, series)) return known.painter
    const painter = new RowPainter(element, series)
    this.#known.set(element, { series, painter })
    return painter
  }

  #template(): TemplateResult {
    const { name, help, error, graph, series } = this.#category
    return html`
      <header>
        <h2>${name}</h2>
        ${help && html`<p class="help" title=${help}>${help}</p>`}
        <button class="round behind" type="button" aria-label=${`More about ${name}`} aria-haspopup="dialog" @click=${this.#actions.more}>
          ${icons.more}
        </button>
      </header>
      ${error ? html`<p class="failing">${error.message}</p>` : nothing}
      <ul class=${`rows ${arrangement(this.#category)}`}>
        ${series.map((own, index) => this.#row(own, index))}
      </ul>
      ${series.length > rowsUnfolded ? this.#more(series.length) : nothing}
      ${graph && series.length > 0 ? html`<div class="plot"></div>` : nothing}
    `
  }

  #row(series: Series, index: number): TemplateResult {
    return row({
      series,
      off: this.#look.off.includes(series.label),
      folded: index >= rowsUnfolded && !this.#unfolded,
      toggle: () => this.#actions.toggle(series.label),
      solo: () => this.#actions.solo(series.label),
    })
  }

  #more(count: number): TemplateResult {
    const fold = (): void => {
      this.#unfolded = !this.#unfolded
      this.#draw()
    }
    return html`
      <button class="more" type="button" aria-expanded=${this.#unfolded ? 'true' : 'false'} @click=${fold}>
        ${this.#unfolded ? 'Show fewer' : `Show all ${count}`}
      </button>
    `
  }
}

/** The series in whose row an element is. */
const labelOf = (element: Element): string | null =>
  element.closest<HTMLElement>('.row')?.dataset.series ?? null

/** How the rows stand: long bars below each other without a graph, else two or three side by side. */
function arrangement({ graph, series }: Category): 'alone' | 'compact' | 'wide' {
  if (!graph && series.length <= mostAlone) return 'alone'
  const short = series.every(({ label, unit }) => label.length <= shortLabel && shortUnits.includes(unit))
  return short ? 'compact' : 'wide'
}

const sameSeries = (a: Series, b: Series): boolean =>
  a.label === b.label && a.unit === b.unit && a.min === b.min && a.max === b.max
