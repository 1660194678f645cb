// The graphs of the cards. This file and what it imports come after the first paint, when the rows stand already.

import type { Holding } from '../data/holding.ts'
import type { SeriesOff } from '../data/kept.ts'
import type { Card } from '../first/card.ts'
import { Graph, type GraphSeries } from '../graph/graph.ts'
import { seriesColor } from '../theme/palette.ts'
import type { View } from '../view/view.ts'

interface Drawn {
  graph: Graph
  host: HTMLElement
  /** Marks the row of a series. */
  mark: (id: number | null) => void
  /** Unit and limits that the graph was made for. */
  made: string
}

export interface GraphsOptions {
  view: View
  /** A category's graph was touched, or a finger has rested on it. */
  touched: (category: string) => void
  rested: () => void
}

export class Graphs {
  readonly #options: GraphsOptions
  readonly #drawn = new Map<string, Drawn>()

  constructor(options: GraphsOptions) {
    this.#options = options
  }

  /** Gives every card that wants one its graph, and takes away those of cards that are gone. */
  show(cards: readonly Card[], off: SeriesOff, isDark: boolean): void {
    const names = new Set(cards.map(({ category }) => category.name))
    for (const [name, { graph }] of this.#drawn) {
      if (names.has(name)) continue
      graph.destroy()
      this.#drawn.delete(name)
    }
    for (const card of cards) this.#graphOf(card)?.setSeries(seriesOf(card, off, isDark))
  }

  /** New buckets of a category. */
  setData(category: string, holding: Holding | undefined): void {
    if (holding) this.#drawn.get(category)?.graph.setData(holding)
  }

  /** Light became dark or dark light. */
  setTheme(): void {
    for (const { graph } of this.#drawn.values()) graph.setTheme()
  }

  /** Another series is picked: its row is marked, and no other graph has a picked one. */
  #picked(name: string, id: number | null): void {
    for (const [other, { graph, mark }] of this.#drawn) {
      if (other === name) mark(id)
      else if (id !== null) graph.pick(null)
    }
  }

  #graphOf(card: Card): Graph | null {
    const { category, plot } = card
    const { name, unit, min, max } = category
    const made = JSON.stringify([unit, min, max])
    const before = this.#drawn.get(name)
    if (before && before.host === plot && before.made === made) return before.graph
    before?.graph.destroy()
    this.#drawn.delete(name)
    if (!plot) return null
    const { view, touched, rested } = this.#options
    const graph = new Graph(plot, {
      ...{ view, unit, min, max, label: `Graph of ${name}` },
      onTouch: () => touched(name),
      onPick: (id) => this.#picked(name, id),
      onRest: rested,
    })
    this.#drawn.set(name, { graph, host: plot, made, mark: (id) => markRow(card, id) })
    return graph
  }
}

function markRow({ element, category }: Card, id: number | null): void {
  const label = category.series.find((series) => series.id === id)?.label
  for (const row of element.querySelectorAll<HTMLElement>('.row'))
    row.toggleAttribute('data-picked', row.dataset.series === label)
}

/** So many series have a colour of their own; further ones are told apart by dashes too. */
const colors = 8

function seriesOf({ category }: Card, off: SeriesOff, isDark: boolean): GraphSeries[] {
  const labels = off[category.name] ?? []
  return category.series.map(({ id, label, min, max }, index) => ({
    id,
    label,
    color: seriesColor(index, isDark),
    dash: Math.floor(index / colors),
    hidden: labels.includes(label),
    min,
    max,
  }))
}
