// The history's settings: how long everything is kept, what that takes on the disk, and saving it.

import { html, nothing, type TemplateResult } from 'lit-html'
import { formatValue } from '../../common/units.ts'
import type { RetentionState } from '../../common/wire.ts'
import { ApiError, fetchRetention, saveRetention } from '../data/api.ts'
import './history.css'
import { ageInWords } from './ages.ts'
import { HistoryDraft } from './history-draft.ts'
import { historyForm } from './history-form.ts'
import { historySize } from './history-size.ts'
import { openSheet, type Sheet } from './sheet.ts'

/** What the sheet shows: nothing yet, or the settings and what was chosen of them. */
interface Shown {
  state: RetentionState
  draft: HistoryDraft
}

export function openHistorySheet(): void {
  let shown: Shown | null = null
  let busy = false
  /** What went wrong, or went well, at last. */
  let failure: string | null = null
  let done = false

  const run = async (ask: () => Promise<RetentionState>): Promise<void> => {
    ;[busy, done, failure] = [true, false, null]
    sheet.draw()
    try {
      const state = await ask()
      done = shown !== null
      shown = { state, draft: new HistoryDraft(state) }
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      failure = error.message
    }
    busy = false
    sheet.draw()
  }
  const load = (): void => void run(fetchRetention)
  const changed = (): void => {
    ;[done, failure] = [false, null]
    sheet.draw()
  }
  const save = (event: SubmitEvent): void => {
    event.preventDefault()
    const wire = shown?.draft.wire
    if (wire && !busy) void run(() => saveRetention(wire))
  }
  const content = (): TemplateResult => {
    if (!shown) return beginning(failure, load)
    const { state, draft } = shown
    const { cost } = draft
    const when = ageInWords(draft.longest)
    const size = `${formatValue(cost.bytes, 'byte')} after ${when}.`
    return html`
      <form class="history" @submit=${save}>
        ${historySize(state, cost, when)} ${historyForm({ draft, fixed: state.fixed, changed })}
        <footer>
          <p class=${failure ? 'bad' : ''} role="status">${failure ?? sentence(draft, done, size)}</p>
          <button class="button" type="submit" ?disabled=${busy || !draft.isChanged}>Save</button>
        </footer>
      </form>
    `
  }
  const sheet: Sheet = openSheet('History', content)
  load()
}

const beginning = (failure: string | null, load: () => void): TemplateResult => html`
  <div class="beginning" aria-busy=${failure ? 'false' : 'true'}>
    ${failure ? html`<p class="bad" role="alert">${failure}</p>` : html`<p class="hint" role="status">Measuring …</p>`}
    ${failure ? html`<button class="button" type="button" @click=${load}>Try again</button>` : nothing}
  </div>
`

function sentence(draft: HistoryDraft, done: boolean, size: string): string {
  if (done) return 'Saved.'
  if (!draft.isChanged) return ''
  return draft.deletes ? `${size} Saving deletes what is older.` : size
}
