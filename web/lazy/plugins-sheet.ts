// What is gathered: every gather and plugin with its state and what it costs, what is wrong with it, and a switch.

import { html, nothing, type TemplateResult } from 'lit-html'
import type { WirePlugin, WirePlugins } from '../../common/plugin-wire.ts'
import { request, withBody } from '../data/api.ts'
import { openSheet, type Sheet } from './sheet.ts'
import { Task } from './task.ts'
import './plugins.css'

const path = '/plugins'
/** Costs and states change while the sheet is open. */
const againMs = 4000

const kinds: readonly (readonly [title: string, of: readonly WirePlugin['kind'][]])[] = [
  ['Your own', ['module', 'program', 'scrape']],
  ['Built in', ['built-in']],
]

const ask = async (more = '', init: RequestInit = {}): Promise<WirePlugins> =>
  (await (await request(path + more, init)).json()) as WirePlugins

export function openPluginsSheet(): void {
  let shown: WirePlugins | null = null
  let isOpen = true
  const task = new Task(() => {
    if (isOpen) sheet.draw()
  })
  const load = async (): Promise<void> => {
    shown = await ask()
  }
  const turn = (plugin: WirePlugin): void =>
    void task.run(async () => {
      shown = await ask(`/${encodeURIComponent(plugin.name)}`, withBody('PUT', { isOn: !plugin.isOn }))
    })
  const content = (): TemplateResult => html`
    <div class="plugins">
      ${task.failure ? html`<p class="bad" role="alert">${task.failure}</p>` : nothing}
      ${shown ? list(shown, turn) : html`<p class="hint" role="status">Asking …</p>`}
    </div>
  `
  const sheet: Sheet = openSheet('Plugins', content)
  void task.run(load)
  const again = async (): Promise<void> => {
    isOpen = document.querySelector('.plugins') !== null
    if (!isOpen) return clearInterval(timer)
    // What is switched meanwhile brings the newest list itself.
    if (document.hidden || task.busy) return
    await load().catch(() => {})
    if (!task.busy) sheet.draw()
  }
  const timer = setInterval(again, againMs)
}

const list = (shown: WirePlugins, turn: (plugin: WirePlugin) => void): TemplateResult => html`
  <p class="hint">${summary(shown)}</p>
  ${shown.isFixed ? html`<p class="hint">The environment of the programs says what is off, so it cannot be changed here.</p>` : nothing}
  ${kinds.map(([title, of]) => {
    const plugins = shown.plugins.filter(({ kind }) => of.includes(kind))
    return html`
      <h3>${title}</h3>
      ${
        plugins.length === 0
          ? html`<p class="hint">None yet. What is saved in ${shown.folder || 'the folder of plugins'} is here within seconds.</p>`
          : html`<ul>${plugins.map((plugin) => row(plugin, shown.isFixed, turn))}</ul>`
      }
    `
  })}
`

/** Of one processor; times of waiting count too, so that it is no less than what they cost. */
function summary({ plugins, at }: WirePlugins): string {
  if (at === null) return 'The generator has not told anything yet.'
  const share = plugins.reduce(
    (sum, { tookMs, everySeconds }) =>
      sum + (tookMs !== null && everySeconds > 0 ? tookMs / everySeconds / 10 : 0),
    0,
  )
  const failing = plugins.filter(({ state }) => state === 'fails').length
  const trouble = failing === 0 ? '' : ` ${failing === 1 ? 'One fails.' : `${failing} fail.`}`
  return `Reading everything takes ${share < 10 ? share.toFixed(1) : share.toFixed(0)} % of the time.${trouble}`
}

const row = (
  plugin: WirePlugin,
  isFixed: boolean,
  turn: (plugin: WirePlugin) => void,
): TemplateResult => html`
  <li>
    <button
      class="switch"
      type="button"
      role="switch"
      aria-checked=${plugin.isOn ? 'true' : 'false'}
      ?disabled=${isFixed}
      @click=${() => turn(plugin)}
    >
      <span class="name">${plugin.name}</span>
      <span class="knob"></span>
    </button>
    <span class=${plugin.state === 'fails' ? 'detail bad' : 'detail'}>${detail(plugin)}</span>
  </li>
`

function detail({ state, message, tookMs, everySeconds, series, kind }: WirePlugin): string {
  if (state === 'off') return 'Off'
  if (state === 'starting') return 'Starting'
  if (state === 'fails') return message ?? 'Fails'
  if (state === 'nothing') return 'Nothing of the kind on this machine'
  const cost = tookMs === null ? '' : ` · ${milliseconds(tookMs)}`
  const kindOf = kind === 'built-in' ? '' : `${kind} · `
  return `${kindOf}${series} series · every ${everySeconds} s${cost}`
}

const milliseconds = (ms: number): string => `${ms < 10 ? ms.toFixed(2) : Math.round(ms)} ms`
