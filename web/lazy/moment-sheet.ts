// Everything about one moment: when it was, and the value of every series of every card at it.

import { html, nothing, type TemplateResult } from 'lit-html'
import { formatValue } from '../../common/units.ts'
import type { Category } from '../../common/wire.ts'
import type { Session } from '../data/session.ts'
import { momentOf, readAt, readNewest } from '../data/values.ts'
import { formatRange } from '../first/row-painter.ts'
import { ago } from '../first/words.ts'
import type { State } from '../state.ts'
import type { View } from '../view/view.ts'
import { openSheet } from './sheet.ts'

export interface MomentSheetOptions {
  view: View
  state: State
  session: Session
  share: () => void
}

const long = new Intl.DateTimeFormat(undefined, {
  ...{ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' },
  ...{ hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23', timeZoneName: 'short' },
})

export function openMomentSheet({ view, state, session, share }: MomentSheetOptions): void {
  const categories = state.get().categories ?? []
  const { now } = view
  const time = momentOf(view.state) ?? view.state.to
  const shareNow = (): void => {
    // What comes of it is said below the graphs.
    sheet.close()
    share()
  }
  const sheet = openSheet(
    'This moment',
    () => html`
      <p class="hint">${long.format(time)}, ${ago(time, now)}</p>
      <div class="acts">
        ${view.state.cursor === null ? nothing : lock(view, () => sheet.draw())}
        <button class="button" type="button" @click=${shareNow}>Share</button>
      </div>
      ${categories.map((category) => valuesOf(category, session, view))}
    `,
  )
}

function lock(view: View, draw: () => void): TemplateResult {
  const { locked } = view
  const toggle = (): void => {
    if (view.locked) view.unlock()
    else if (view.state.cursor !== null) view.lock(view.state.cursor)
    draw()
  }
  return html`
    <button class="button quiet" type="button" aria-pressed=${locked ? 'true' : 'false'} @click=${toggle}>
      ${locked ? 'Cursor is locked' : 'Lock the cursor'}
    </button>
  `
}

function valuesOf(category: Category, session: Session, view: View): TemplateResult {
  const { name, unit, everySeconds, series } = category
  const moment = momentOf(view.state)
  const holding = session.buckets.holding(name)
  return html`
    <h3>${name}</h3>
    <dl class="readings">
      ${series.map(({ id, label, unit: own }) => {
        const shown = own || unit
        const reading =
          moment === null
            ? readNewest(session.newest.get(id), view.now, everySeconds * 1000)
            : holding && readAt(holding, id, moment)
        const range = reading && reading.max > reading.min ? formatRange(reading, shown) : ''
        return html`
          <div><dt>${label}</dt><dd>${reading ? formatValue(reading.value, shown) : '–'}
            ${range && html`<small>${range}</small>`}</dd></div>
        `
      })}
    </dl>
  `
}
