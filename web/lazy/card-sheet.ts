// What is behind a card: its graph's visible buckets as a table, to be read, copied and saved.

import { html, nothing, type TemplateResult } from 'lit-html'
import { formatValue } from '../../common/units.ts'
import type { Category } from '../../common/wire.ts'
import type { Holding } from '../data/holding.ts'
import { type Arrangement, hide, move, pin } from '../first/arrange.ts'
import type { View } from '../view/view.ts'
import { type BucketTable, tableOf, toCsv, toTabs } from './bucket-table.ts'
import { copyText } from './copy-text.ts'
import { openSheet, type Sheet } from './sheet.ts'

export interface CardSheetOptions {
  category: Category
  holding: Holding | undefined
  view: View
  /** Name of the project, for the file's name. */
  project: string
  /** The cards as they are arranged now, and the way to arrange them otherwise. */
  names: readonly string[]
  arrangement: () => Arrangement
  arrange: (arrangement: Arrangement) => void
}

const clock = { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' } as const
const time = new Intl.DateTimeFormat(undefined, clock)
const dayAndTime = new Intl.DateTimeFormat(undefined, {
  ...{ year: 'numeric', month: '2-digit', day: '2-digit' },
  ...clock,
})

export function openCardSheet(options: CardSheetOptions): void {
  const { category, holding, view, project } = options
  const { from, to } = view.state
  const table = holding ? tableOf(category, holding, from, to) : { columns: [], rows: [] }
  const format = new Date(from).toDateString() === new Date(to).toDateString() ? time : dayAndTime
  const write = (moment: number): string => format.format(moment)
  let said = ''
  const copy = async (): Promise<void> => {
    const done = await copyText(toTabs(table, (moment) => dayAndTime.format(moment)))
    said = done ? 'Table copied' : 'Copying is refused here'
    sheet.draw()
  }
  const save = (): void => saveFile(fileName(project, category.name, from), toCsv(table))
  const sheet: Sheet = openSheet(
    category.name,
    (sheet) => html`
      ${category.help && html`<p class="hint">${category.help}</p>`}
      ${placing(options, sheet)}
      ${table.rows.length === 0 ? html`<p class="hint">No points in this window.</p>` : nothing}
      <div class="acts" ?hidden=${table.rows.length === 0}>
        <button class="button quiet" type="button" @click=${copy}>Copy table</button>
        <button class="button quiet" type="button" @click=${save}>Save as CSV</button>
        <span role="status">${said}</span>
      </div>
      ${table.rows.length === 0 ? nothing : grid(table, category.name, `${dayAndTime.formatRange(from, to)}`, write)}
    `,
  )
}

function placing({ category, names, arrangement, arrange }: CardSheetOptions, sheet: Sheet): TemplateResult {
  const { name } = category
  const act = (change: (now: Arrangement) => Arrangement) => (): void => {
    arrange(change(arrangement()))
    sheet.draw()
  }
  const hideIt = (): void => {
    sheet.close()
    arrange(hide(arrangement(), name))
  }
  const pinned = arrangement().pinned.includes(name)
  const toggle = act((now) => pin(now, name))
  return html`
    <div class="acts">
      <button class="button quiet" type="button" aria-pressed=${pinned ? 'true' : 'false'} @click=${toggle}>
        Pin
      </button>
      <button class="button quiet" type="button" aria-label="Move up" @click=${act((now) => move(names, now, name, -1))}>Up</button>
      <button class="button quiet" type="button" aria-label="Move down" @click=${act((now) => move(names, now, name, 1))}>Down</button>
      <button class="button quiet" type="button" @click=${hideIt}>Hide</button>
    </div>
  `
}

const grid = (
  { columns, rows }: BucketTable,
  name: string,
  window: string,
  write: (time: number) => string,
): TemplateResult => html`
  <div class="table" role="region" aria-label=${`Table of ${name}`} tabindex="0">
    <table>
      <caption>${window}</caption>
      <thead>
        <tr>
          <th scope="col">Time</th>
          ${columns.map(({ series, part }) => html`<th scope="col">${series} ${part && html`<small>${part}</small>`}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          ({ time: moment, values }) => html`
            <tr>
              <th scope="row">${write(moment)}</th>
              ${values.map((value, index) => html`<td>${value === null ? '–' : formatValue(value, columns[index]?.unit ?? '')}</td>`)}
            </tr>
          `,
        )}
      </tbody>
    </table>
  </div>
`

/** Letters and digits of any script stay; "my machine processors 2026-01-20.csv". */
function fileName(project: string, category: string, from: number): string {
  const day = new Date(from).toISOString().slice(0, 10)
  return `${[project, category, day].map((part) => part.replace(/[^\p{L}\p{N}-]+/gu, ' ').trim()).join(' ')}.csv`
}

function saveFile(name: string, text: string): void {
  // The mark at the front tells spreadsheets that it is UTF-8.
  const url = URL.createObjectURL(new Blob(['\ufeff', text], { type: 'text/csv' }))
  Object.assign(document.createElement('a'), { href: url, download: name }).click()
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}
