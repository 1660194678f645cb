// The choices of how long history is kept: for everything, and for single categories where they differ.

import { html, nothing, type TemplateResult } from 'lit-html'
import { formatValue } from '../../common/units.ts'
import type { RetentionState } from '../../common/wire.ts'
import { icons } from '../first/icons.ts'
import { ageInWords, agesWith, maxAges, pointAges } from './ages.ts'
import type { Aspect, CategoryLine, Choice, HistoryDraft } from './history-draft.ts'

export interface HistoryFormOptions {
  draft: HistoryDraft
  fixed: RetentionState['fixed']
  /** Something was chosen. */
  changed: () => void
}

const words: Readonly<Record<Aspect, string>> = {
  maxAgeSeconds: 'Keep history for',
  fullResolutionSeconds: 'Keep single points for',
}
/** Where the category is named above. */
const shortWords: Readonly<Record<Aspect, string>> = {
  maxAgeSeconds: 'History',
  fullResolutionSeconds: 'Single points',
}

export const historyForm = (options: HistoryFormOptions): TemplateResult => {
  const { draft, fixed } = options
  return html`
    <div class="fields">
      ${general(options, 'maxAgeSeconds', fixed.maxAge)}
      ${general(options, 'fullResolutionSeconds', fixed.fullResolution)}
    </div>
    <p class="hint">
      Of what is older than single points are kept, the number, least, mean and greatest value of every minute, hour and
      day stay: a peak is still seen.
    </p>
    <h3>Single categories</h3>
    ${fixed.categories ? html`<p class="hint">${byEnvironment}</p>` : nothing}
    <div class="categories">${draft.lines.map((line) => category(options, line))}</div>
  `
}

const byEnvironment = 'Set by the environment of the programs, so it cannot be changed here.'

function general({ draft, changed }: HistoryFormOptions, aspect: Aspect, isFixed: boolean): TemplateResult {
  const kept = draft.kept()
  const choose = (seconds: Choice): void => {
    if (seconds === null) return
    draft.choose(aspect, seconds)
    changed()
  }
  return html`
    ${field(words[aspect], { ages: agesOf(aspect, kept), chosen: kept[aspect], isFixed, choose })}
    ${isFixed ? html`<p class="hint">${byEnvironment}</p>` : nothing}
  `
}

const category = (options: HistoryFormOptions, line: CategoryLine): TemplateResult => html`
  <details class="category">
    <summary>
      <span class="name">${line.name}</span>
      <span class="detail">${differing(line)}</span>
      <span class="size">${formatValue(line.bytes, 'byte')}</span>
      ${icons.down}
    </summary>
    <div class="fields">
      ${own(options, line, 'maxAgeSeconds')} ${own(options, line, 'fullResolutionSeconds')}
    </div>
  </details>
`

function own(
  { draft, fixed, changed }: HistoryFormOptions,
  line: CategoryLine,
  aspect: Aspect,
): TemplateResult {
  const kept = draft.kept(line.name)
  const choose = (choice: Choice): void => {
    draft.chooseFor(line.name, aspect, choice)
    changed()
  }
  // What is meant to be kept longer than anything is counts as long as that.
  const chosen = line[aspect] === null ? null : kept[aspect]
  const others = ageInWords(Math.min(draft.kept()[aspect], kept.maxAgeSeconds))
  const given = { ages: agesOf(aspect, kept), chosen, isFixed: fixed.categories, choose }
  return field(shortWords[aspect], { ...given, others: `Usual: ${others}` })
}

const agesOf = (aspect: Aspect, kept: Readonly<Record<Aspect, number>>): number[] =>
  aspect === 'maxAgeSeconds'
    ? agesWith(maxAges, kept.maxAgeSeconds)
    : agesWith(pointAges, kept.fullResolutionSeconds, kept.maxAgeSeconds)

interface Field {
  ages: readonly number[]
  /** Null: the first entry, `others`. */
  chosen: Choice
  others?: string
  isFixed: boolean
  choose: (choice: Choice) => void
}

function field(label: string, { ages, chosen, others, isFixed, choose }: Field): TemplateResult {
  const onChange = ({ target }: Event): void => {
    const { value } = target as HTMLSelectElement
    choose(value === '' ? null : Number(value))
  }
  return html`
    <label class="field">
      <span>${label}</span>
      <span class="pick">
        <select ?disabled=${isFixed} @change=${onChange}>
          ${others === undefined ? nothing : html`<option value="" .selected=${chosen === null}>${others}</option>`}
          ${ages.map(
            (seconds) =>
              html`<option value=${seconds} .selected=${seconds === chosen}>${ageInWords(seconds)}</option>`,
          )}
        </select>
        ${icons.down}
      </span>
    </label>
  `
}

function differing({ maxAgeSeconds, fullResolutionSeconds }: CategoryLine): string {
  const parts = [
    maxAgeSeconds === null ? [] : [ageInWords(maxAgeSeconds)],
    fullResolutionSeconds === null ? [] : [`points ${ageInWords(fullResolutionSeconds)}`],
  ].flat()
  return parts.length === 0 ? 'As usual' : parts.join(', ')
}
