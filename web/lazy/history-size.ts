// What the history takes and will take: the one number that a choice changes, what it is made of, and whether the disk
// has that much room.

import { html, nothing, svg, type TemplateResult } from 'lit-html'
import type { RetentionCost } from '../../common/retention-cost.ts'
import { formatValue } from '../../common/units.ts'
import type { RetentionState } from '../../common/wire.ts'

/** `when`: in words, the age at which it is as big. */
export function historySize(state: RetentionState, cost: RetentionCost, when: string): TemplateResult {
  const [points, sums] = [
    cost.categories.reduce((sum, { pointBytes }) => sum + pointBytes, 0),
    cost.categories.reduce((sum, { sumBytes }) => sum + sumBytes, 0),
  ]
  return html`
    <div class="history-size">
      <p class="total"><output>${bytes(cost.bytes)}</output> <span>after ${when}</span></p>
      ${bar(points, points + sums)}
      <dl class="parts">
        <dt class="points">Single points</dt>
        <dd>${bytes(points)}</dd>
        <dt class="sums">Minutes, hours and days</dt>
        <dd>${bytes(sums)}</dd>
        <dt>Now</dt>
        <dd>${bytes(state.bytes)}</dd>
        <dt>Added a day</dt>
        <dd>${bytes(cost.bytesPerDay)}</dd>
        <dt>Free on the disk</dt>
        <dd>${bytes(state.freeBytes)}</dd>
      </dl>
      ${warning(state, cost)}
    </div>
  `
}

function bar(part: number, whole: number): TemplateResult {
  const width = whole > 0 ? (100 * part) / whole : 0
  return html`
    <svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
      ${svg`<rect class="sums" width="100" height="8" /><rect class="points" width=${width} height="8" />`}
    </svg>
  `
}

function warning({ storage, bytes: now, freeBytes }: RetentionState, cost: RetentionCost): unknown {
  const sentence = !storage.ok
    ? `New points cannot be stored: ${storage.message ?? 'the disk is full'}`
    : storage.low
      ? 'The disk is almost full: the oldest single points are given up before their time.'
      : cost.bytes - now > freeBytes
        ? 'That is more than the disk has room for.'
        : null
  return sentence === null ? nothing : html`<p class="bad" role="alert">${sentence}</p>`
}

const bytes = (value: number): string => formatValue(value, 'byte')
