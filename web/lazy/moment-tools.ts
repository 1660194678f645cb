// What can be done with a moment: go to the next spike, share the address, see everything about it. Loaded when first
// wanted.

import { formatValue } from '../../common/units.ts'
import type { Category, Series } from '../../common/wire.ts'
import { fetchBuckets } from '../data/api.ts'
import { fromAnswer } from '../data/holding.ts'
import { seriesOff } from '../data/kept.ts'
import type { Session } from '../data/session.ts'
import { momentInWords } from '../first/words.ts'
import type { State } from '../state.ts'
import { writeAddress } from '../view/address.ts'
import type { View } from '../view/view.ts'
import { copyText } from './copy-text.ts'
import { type FoundSpike, nextSpike } from './next-spike.ts'

export interface MomentToolsOptions {
  view: View
  state: State
  session: Session
  /** Category whose graph was touched last; null: none was. */
  touched: () => string | null
  say: (words: string) => void
}

/** Beyond what is held, so many windows are looked through at once, and so often. */
const windowsAtOnce = 4
const mostLooks = 4
/** The server's own limit. */
const mostBuckets = 2000

interface Target {
  category: Category
  series: readonly Series[]
}

export class MomentTools {
  readonly #options: MomentToolsOptions

  constructor(options: MomentToolsOptions) {
    this.#options = options
  }

  /** Puts the cursor on the next spike after it (1) or before it (-1), and says which one that is. Never throws. */
  async spike(direction: 1 | -1): Promise<void> {
    const { view, say } = this.#options
    const target = this.#target()
    if (!target) {
      say('No graph to look for spikes in')
      return
    }
    const { from, to, cursor } = view.state
    const start = cursor ?? (direction < 0 ? to : from)
    try {
      const found = this.#held(target, start, direction) ?? (await this.#beyond(target, start, direction))
      if (found) this.#go(target, found)
      else say(`No ${direction < 0 ? 'earlier' : 'later'} spike of ${target.category.name} found`)
    } catch {
      say('The server cannot be asked for more just now')
    }
  }

  /** Hands the moment's address to another app, or to the clipboard. */
  async share(): Promise<void> {
    const { view, say } = this.#options
    const { url, title } = this.address()
    if (navigator.share) {
      try {
        await navigator.share({ title, url })
        return
      } catch (error) {
        // The user closed the choice.
        if (error instanceof DOMException && error.name === 'AbortError') return
      }
    }
    const copied = await copyText(url)
    say(copied ? `Address of this ${view.state.cursor === null ? 'window' : 'moment'} copied` : url)
  }

  /** What is looked at as an address that shows the same whenever it is opened. */
  address(): { url: string; title: string } {
    const { view, state } = this.#options
    const { project } = state.get()
    const { cursor, to } = view.state
    const search = writeAddress(project?.key ?? '', { ...view.state, live: false })
    return {
      url: location.origin + location.pathname + search,
      title: `${project?.name ?? 'Pocketstats'}, ${momentInWords(cursor ?? to, view.now)}`,
    }
  }

  /** The picked series of the touched graph, else all that are visible in it; of the first graph on the screen when none was touched. */
  #target(): Target | null {
    const { state, touched } = this.#options
    const { categories, project } = state.get()
    const name = touched() ?? firstOnScreen()
    const category = categories?.find((own) => own.name === name) ?? categories?.find(({ graph }) => graph)
    if (!category) return null
    const off = seriesOff(project?.key ?? '')[category.name] ?? []
    const visible = category.series.filter(({ label }) => !off.includes(label))
    const picked = visible.filter(({ label }) => label === pickedIn(category.name))
    return { category, series: picked.length > 0 ? picked : visible }
  }

  #held({ category, series }: Target, start: number, direction: 1 | -1): FoundSpike | null {
    const holding = this.#options.session.buckets.holding(category.name)
    return holding ? nextSpike(holding, idsOf(series), start, direction) : null
  }

  /** Asks the server for what lies further that way, a few windows at a time. */
  async #beyond(target: Target, start: number, direction: 1 | -1): Promise<FoundSpike | null> {
    const { view } = this.#options
    const length = (view.state.to - view.state.from) * windowsAtOnce
    for (let look = 0; look < mostLooks; look++) {
      const near = start + direction * look * length
      const [from, to] = direction < 0 ? [near - length, near] : [near, near + length]
      if (from >= view.now || (view.oldest !== null && to <= view.oldest)) return null
      const found = await this.#ask(target, from, to, start, direction)
      if (found) return found
    }
    return null
  }

  /** A little more than asked for on both sides: what stands at an end is no spike yet. */
  async #ask(
    { category, series }: Target,
    from: number,
    to: number,
    start: number,
    direction: 1 | -1,
  ): Promise<FoundSpike | null> {
    const { state, view } = this.#options
    const margin = (to - from) / 8
    const result = await fetchBuckets({
      project: state.get().project?.key ?? '',
      categories: [category.name],
      from: Math.round(from - margin),
      to: Math.round(Math.min(to + margin, view.now)),
      buckets: mostBuckets,
    })
    const buckets = result.categories[0]
    const holding = buckets && fromAnswer(buckets, category.everySeconds * 1000)
    return holding ? nextSpike(holding, idsOf(series), start, direction) : null
  }

  /** The window moves only when the spike is not well inside it. */
  #go({ category, series }: Target, { id, time, value, high }: FoundSpike): void {
    const { view, say } = this.#options
    const { from, to } = view.state
    const edge = (to - from) / 20
    if (time < from + edge || time > Math.min(to, view.now) - edge / 4) {
      const half = (to - from) / 2
      view.show(time - half, time + half)
    }
    view.setCursor(time)
    const own = series.find((one) => one.id === id)
    const name = own?.label === category.name ? category.name : `${category.name}, ${own?.label}`
    say(`${high ? 'Peak' : 'Dip'} of ${name}: ${formatValue(value, own?.unit ?? '')}`)
  }
}

/** Label of the series whose row is marked as the picked one. */
function pickedIn(category: string): string | undefined {
  const card = document.querySelector(`section[data-category="${CSS.escape(category)}"]`)
  return card?.querySelector<HTMLElement>('.row[data-picked]')?.dataset.series
}

const idsOf = (series: readonly Series[]): number[] => series.map(({ id }) => id)

function firstOnScreen(): string | null {
  const cards = [...document.querySelectorAll<HTMLElement>('section[data-category]')]
  const seen = cards.find((card) => (card.querySelector('.plot')?.getBoundingClientRect().bottom ?? 0) > 60)
  return seen?.dataset.category ?? null
}
