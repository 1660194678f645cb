// A page with nothing but graphs of made-up series over one shared view, for the gesture tests. The address says what:
// ?graphs=3&series=4&span=600000&live=yes&theme=dark&now=… Without `live` the window ends one span before the present.

import { Graph, type GraphSeries } from '../../../web/graph/graph.ts'
import { followPresent } from '../../../web/view/follow.ts'
import { View } from '../../../web/view/view.ts'
import { busy, gappy, query, type Signal } from './synthetic.ts'
import './page.css'

export interface Placed {
  graph: Graph
  series: GraphSeries[]
  host: HTMLElement
}

export interface Harness {
  view: View
  graphs: Placed[]
}

const asked = new URLSearchParams(location.search)
const number = (name: string, otherwise: number): number => Number(asked.get(name) ?? otherwise)

const palette = ['#2563c9', '#c2410c', '#0f766e', '#a21caf', '#b45309', '#15803d', '#be123c', '#475569']
const darkPalette = ['#7aa9ff', '#ff9d6c', '#5fd1c4', '#e28af0', '#f0b45e', '#7ddc97', '#ff8fa3', '#a8b3c4']

const kinds = [
  { name: 'Processors', unit: '%', min: 0, max: 100, low: 0, high: 100 },
  { name: 'Memory', unit: 'byte', min: 0, max: 15.6 * 1024 ** 3, low: 3 * 1024 ** 3, high: 11 * 1024 ** 3 },
  { name: 'Network', unit: 'byte/s', min: null, max: null, low: 0, high: 14e6 },
  { name: 'Temperatures', unit: '°C', min: 35, max: 100, low: 41, high: 70 },
]

const root = document.documentElement
const dark = asked.get('theme') === 'dark'
if (dark) root.dataset.theme = 'dark'

const live = asked.get('live') === 'yes'
const now = number('now', Date.now())
const span = number('span', 600_000)
const end = live ? now : now - span
const view = new View({ from: end - span, to: end, live, cursor: null }, now)
view.oldest = now - 86_400_000

function show(): void {
  const { from, to, cursor, live: following } = view.state
  Object.assign(root.dataset, { from, to, cursor: cursor ?? '', live: following })
}
view.subscribe(show)
show()

function addGraph(index: number): Placed {
  const kind = kinds[index % kinds.length]
  if (!kind) throw new Error(`no kind of graph ${index}`)
  const signals = new Map<number, Signal>()
  const series: GraphSeries[] = []
  for (let n = 0; n < number('series', 3); n++) {
    const id = index * 100 + n
    const share = 1 - n / 12
    const signal = busy(id + 1, kind.low, kind.low + (kind.high - kind.low) * share)
    signals.set(
      id,
      index === 2 ? gappy(signal, [end - 240_000, end - 200_000], [end - 199_000, end - 150_000]) : signal,
    )
    const color = (dark ? darkPalette : palette)[n % palette.length] ?? 'gray'
    const limits = { min: kind.min, max: kind.max }
    series.push({ id, label: `series ${n}`, color, dash: Math.floor(n / 8), hidden: false, ...limits })
  }
  const section = document.createElement('section')
  section.append(Object.assign(document.createElement('h2'), { textContent: kind.name }))
  const host = Object.assign(document.createElement('div'), { className: 'host' })
  section.append(host)
  document.querySelector('main')?.append(section)
  const graph = new Graph(host, { view, label: `${kind.name}: graph`, ...kind })
  graph.setSeries(series)
  load(graph, signals)
  return { graph, series, host }
}

/** Loads what the window needs, a moment after it has come to rest; live, once a second. */
function load(graph: Graph, signals: ReadonlyMap<number, Signal>): void {
  const ask = () => {
    if (asked.has('empty')) return
    const { from, to } = view.state
    const margin = (to - from) / 2
    graph.setData(
      query(signals, {
        from: from - margin,
        to: to + margin,
        now: view.now,
        buckets: number('buckets', 800),
      }),
    )
  }
  let timer: ReturnType<typeof setTimeout> | undefined
  view.subscribe((state, before) => {
    const still = state.from === before.from && state.to === before.to
    if (still || (state.live && before.live) || asked.has('noreload')) return
    clearTimeout(timer)
    timer = setTimeout(ask, 120)
  })
  if (live) setInterval(ask, 1000)
  ask()
}

const graphs = Array.from({ length: number('graphs', 3) }, (_, index) => addGraph(index))
// For tests that act as the page around the graphs would.
Object.assign(globalThis, { harness: { view, graphs } satisfies Harness })
if (live) followPresent(view, () => Date.now())
root.dataset.ready = 'yes'
