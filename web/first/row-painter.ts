// Paints a reading into a series' row and touches nothing that stays as it is: under a moving finger all rows change in
// every frame.

import { formatValue } from '../../common/units.ts'
import type { Series } from '../../common/wire.ts'
import type { Reading } from '../data/values.ts'

/** The limits between which a row's bar runs; null when it has no bar. A range without a lower limit begins at 0. */
export function barLimits({ min, max }: Series): { min: number; max: number } | null {
  const low = min ?? 0
  return max !== null && max > low ? { min: low, max } : null
}

export class RowPainter {
  readonly #series: Series
  readonly #output: Text
  readonly #fill: HTMLElement | null
  readonly #spread: HTMLElement | null
  readonly #spreadText: Text | null
  #value = ''
  #range = ''
  #bar = ''

  /** `element` is the row's `<li>`. */
  constructor(element: HTMLElement, series: Series) {
    this.#series = series
    const output = element.querySelector('output')
    if (!output) throw new Error('a row without an output')
    this.#output = wordsIn(output)
    this.#fill = element.querySelector('.fill')
    this.#spread = element.querySelector('.spread')
    const spreadText = element.querySelector('.spread-text')
    this.#spreadText = spreadText && wordsIn(spreadText)
  }

  /** Shows a reading, without its range in words if that is brief; null is a gap. */
  paint(reading: Reading | null, isBrief = false): void {
    const { unit } = this.#series
    const value = reading ? formatValue(reading.value, unit) : '–'
    if (value !== this.#value) this.#output.data = this.#value = value
    if (this.#fill) this.#paintBar(reading)
    else this.#paintRange(isBrief ? null : reading)
  }

  #paintBar(reading: Reading | null): void {
    const limits = barLimits(this.#series)
    if (!limits || !this.#fill || !this.#spread) return
    const share = (value: number): number =>
      Math.min(1, Math.max(0, (value - limits.min) / (limits.max - limits.min)))
    const [value, min, max] = reading ? [reading.value, reading.min, reading.max].map(share) : [0, 0, 0]
    const bar = `${value?.toFixed(3)} ${min?.toFixed(3)} ${max?.toFixed(3)}`
    if (bar === this.#bar) return
    this.#bar = bar
    this.#fill.style.transform = `scaleX(${value})`
    this.#spread.style.transform = `translateX(${(min ?? 0) * 100}%) scaleX(${(max ?? 0) - (min ?? 0)})`
  }

  #paintRange(reading: Reading | null): void {
    const range = reading && reading.max > reading.min ? formatRange(reading, this.#series.unit) : ''
    if (this.#spreadText && range !== this.#range) this.#spreadText.data = this.#range = range
  }
}

/** A text of its own in an element that may have been another series': changing it is cheaper than an element's. */
function wordsIn(element: Element): Text {
  element.textContent = ''
  return element.appendChild(new Text())
}

/** "0.4–12 MB/s", "535 B/s – 3.7 kB/s"; nothing when both ends read the same. */
export function formatRange({ min, max }: { min: number; max: number }, unit: string): string {
  const [low, high] = [formatValue(min, unit), formatValue(max, unit)]
  if (low === high) return ''
  const [lowSign, highSign] = [low, high].map((text) => /^[-\d.]+(.*)$/.exec(text)?.[1])
  return lowSign !== undefined && lowSign === highSign
    ? `${low.slice(0, low.length - lowSign.length)}–${high}`
    : `${low} – ${high}`
}
