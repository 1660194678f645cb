// The reference: uPlot as its documentation tells, drawing the same buckets in the same places, with gestures of the
// least cost: events are only noted, once a frame all charts on the screen follow.

import uPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'

export interface ReferenceCard {
  /** CSS px. */
  top: number
  height: number
  plotTop: number
  plotHeight: number
  /** Seconds since 1970; then mean, least and greatest of each series. */
  data: (number | null)[][]
}

export interface Reference {
  cards: ReferenceCard[]
  /** Seconds since 1970. */
  from: number
  to: number
}

interface Shown {
  chart: uPlot
  isSeen: boolean
}

const hues = ['#2557bd', '#d16e0c', '#20a28a', '#91286d', '#6a5a0b', '#15819e', '#9b80d7', '#9e595a']
const width = 396

const reference = (await (await fetch('reference.json')).json()) as Reference
const view = { from: reference.from, to: reference.to }
const fingers = new Map<number, { x: number; y: number }>()
let grasp: { from: number; to: number; x: number; apart: number; isScrub: boolean } | null = null
let asked = false
const shown = reference.cards.map(addCard)

function addCard(card: ReferenceCard): Shown {
  const section = document.createElement('section')
  section.style.cssText = `position:absolute;left:8px;width:${width}px;top:${card.top}px;height:${card.height}px`
  const rows = document.createElement('div')
  rows.style.cssText = 'display:grid;grid-template-columns:repeat(3,1fr);font-variant-numeric:tabular-nums'
  const outputs = hues.map(() => rows.appendChild(document.createElement('output')))
  const plot = document.createElement('div')
  plot.style.cssText = `position:absolute;top:${card.plotTop}px;touch-action:pan-y`
  section.append(rows, plot)
  document.body.append(section)
  const chart = new uPlot(options(card, outputs), card.data as uPlot.AlignedData, plot)
  const one: Shown = { chart, isSeen: true }
  new IntersectionObserver((entries) => {
    one.isSeen = entries.at(-1)?.isIntersecting ?? false
  }).observe(plot)
  listen(plot, chart)
  return one
}

function options({ plotHeight }: ReferenceCard, outputs: readonly HTMLElement[]): uPlot.Options {
  const series: uPlot.Series[] = [{}]
  const bands: uPlot.Band[] = []
  for (const hue of hues) {
    series.push({ stroke: hue, width: 1.25 }, { width: 0 }, { width: 0 })
    bands.push({ series: [series.length - 1, series.length - 2], fill: `${hue}38` })
  }
  const tell = (chart: uPlot): void => {
    const { idx } = chart.cursor
    if (typeof idx !== 'number') return
    for (const [n, output] of outputs.entries()) {
      const text = String(chart.data[3 * n + 1]?.[idx]?.toFixed(1) ?? '–')
      if (output.textContent !== text) output.textContent = text
    }
  }
  return {
    ...{ width, height: plotHeight, series, bands, pxAlign: 0 },
    legend: { show: false },
    cursor: { points: { show: false }, drag: { setScale: false, x: false, y: false } },
    scales: { x: { min: view.from, max: view.to } },
    hooks: { setCursor: [tell] },
  }
}

function listen(plot: HTMLElement, chart: uPlot): void {
  const begin = (): void => {
    const [first, second] = [...fingers.values()]
    const box = chart.over.getBoundingClientRect()
    if (!first) grasp = null
    else {
      const x = second ? (first.x + second.x) / 2 : first.x
      const apart = second ? Math.hypot(first.x - second.x, first.y - second.y) : 0
      grasp = { ...view, x: x - box.left, apart, isScrub: !second && first.y < box.top + box.height / 2 }
    }
  }
  plot.addEventListener('pointerdown', ({ pointerId, clientX, clientY }) => {
    fingers.set(pointerId, { x: clientX, y: clientY })
    begin()
  })
  plot.addEventListener('pointermove', ({ pointerId, clientX, clientY }) => {
    if (!fingers.has(pointerId)) return
    fingers.set(pointerId, { x: clientX, y: clientY })
    if (asked) return
    asked = true
    requestAnimationFrame(() => follow(chart))
  })
  for (const type of ['pointerup', 'pointercancel'] as const) {
    plot.addEventListener(type, ({ pointerId }) => {
      fingers.delete(pointerId)
      begin()
    })
  }
  plot.addEventListener('touchmove', (event) => event.preventDefault(), { passive: false })
}

function follow(touched: uPlot): void {
  asked = false
  const [first, second] = [...fingers.values()]
  if (!grasp || !first) return
  const box = touched.over.getBoundingClientRect()
  const x = (second ? (first.x + second.x) / 2 : first.x) - box.left
  if (grasp.isScrub) {
    for (const { chart, isSeen } of shown) if (isSeen) chart.setCursor({ left: x, top: 10 })
    return
  }
  const span = grasp.to - grasp.from
  const wanted = second ? (span * grasp.apart) / Math.hypot(first.x - second.x, first.y - second.y) : span
  view.from = grasp.from + (grasp.x / box.width) * span - (x / box.width) * wanted
  view.to = view.from + wanted
  for (const { chart, isSeen } of shown) if (isSeen) chart.setScale('x', { min: view.from, max: view.to })
}

document.documentElement.dataset.ready = 'yes'
