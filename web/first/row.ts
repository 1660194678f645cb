// One series' row as a template: what there is of it. What it shows is painted by row-painter.ts.

import { html, nothing, type TemplateResult } from 'lit-html'
import { formatValue } from '../../common/units.ts'
import type { Series } from '../../common/wire.ts'
import { barLimits } from './row-painter.ts'

export interface RowOptions {
  series: Series
  off: boolean
  /** Folded away behind "show all". */
  folded: boolean
  toggle: () => void
  /** This series alone, or all again. */
  solo: () => void
}

export const row = ({ series, off, folded, toggle, solo }: RowOptions): TemplateResult => html`
  <li class=${off ? 'row off' : 'row'} data-series=${series.label} ?hidden=${folded}>
    <button class="toggle" type="button" aria-pressed=${off ? 'false' : 'true'} @click=${({ shiftKey }: MouseEvent) => (shiftKey ? solo : toggle)()}>
      <span class="mark"></span><span class="label">${series.label}</span>
    </button>
    <output aria-live="off" aria-label=${series.label}></output>
    ${total(series)}
    ${barLimits(series) ? html`<span class="bar" aria-hidden="true"><i class="spread"></i><i class="fill"></i></span>` : html`<span class="spread-text"></span>`}
  </li>
`

/** "of 252 GiB": what the bar's end stands for, shown where no graph has an axis that says so. */
function total({ unit, max }: Series): TemplateResult | typeof nothing {
  const speaks = max !== null && unit !== '' && unit !== '%'
  return speaks ? html`<span class="total">of ${formatValue(max, unit)}</span>` : nothing
}
