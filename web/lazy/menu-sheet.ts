// The small menu behind the footer's button: light or dark, the way to the history's settings, and what fingers and
// keys do.

import { html, nothing, type TemplateResult } from 'lit-html'
import type { ThemeChoice } from '../data/kept.ts'
import { icons } from '../first/icons.ts'
import type { Theme } from '../theme/theme.ts'
import { fetchSession } from './access-api.ts'
import { installOffer } from './install-prompt.ts'
import { openSheet } from './sheet.ts'

const choices: readonly (readonly [ThemeChoice, string])[] = [
  ['system', 'System'],
  ['light', 'Light'],
  ['dark', 'Dark'],
]

const fingers: readonly (readonly [string, string])[] = [
  ['Two fingers', 'zoom and move in time'],
  ['One finger, upper half of a graph', 'moves the cursor'],
  ['One finger, lower half', 'moves in time'],
  ['Double tap', 'back to live'],
  ['Long press on a row', 'shows that series alone, or all again'],
  ['Long press on a graph', 'locks the cursor and shows everything about its moment'],
]

const keys: readonly (readonly [string, string])[] = [
  ['Wheel, + and −', 'zoom'],
  ['Drag', 'moves in time'],
  ['← and →', 'move the cursor from point to point, with Shift further'],
  ['Shift with Enter or click on a row', 'shows that series alone, or all again'],
  ['P and N', 'previous and next spike'],
  ['Enter', 'locks the cursor and shows everything about its moment'],
  ['Home and End', 'the oldest point and now'],
]

export function openMenuSheet(theme: Theme, openHistory: () => void, whatChanged: () => void): void {
  let isViewer = false
  const sheet = openSheet('Settings', ({ draw, close }) => {
    const order = (): void => {
      close()
      whatChanged()
    }
    const onward = (): void => {
      close()
      openHistory()
    }
    const plugins = async (): Promise<void> => {
      const { openPluginsSheet } = await import('./plugins-sheet.ts')
      close()
      openPluginsSheet()
    }
    const addData = async (): Promise<void> => {
      const { openAddDataSheet } = await import('./add-data-sheet.ts')
      close()
      openAddDataSheet()
    }
    const devices = async (): Promise<void> => {
      const { openDevicesSheet } = await import('./devices-sheet.ts')
      close()
      openDevicesSheet()
    }
    return html`
      <h3 id="appearance">Appearance</h3>
      <div class="segments" role="radiogroup" aria-labelledby="appearance" @keydown=${moveChoice}>
        ${choices.map(([choice, label]) => {
          const checked = theme.choice === choice
          const choose = (): void => {
            theme.choose(choice)
            draw()
          }
          return html`<button type="button" role="radio" tabindex=${checked ? 0 : -1} aria-checked=${checked ? 'true' : 'false'} @click=${choose}>
            ${label}
          </button>`
        })}
      </div>
      ${
        isViewer
          ? nothing
          : html`<button class="choice onward" type="button" aria-haspopup="dialog" @click=${onward}>
        <span class="name">History</span>
        <span class="detail">How long it is kept, and what that takes</span>
        ${icons.forward}
      </button>
      <button class="choice onward" type="button" aria-haspopup="dialog" @click=${plugins}>
        <span class="name">Plugins</span>
        <span class="detail">What is gathered, what it costs, and what fails</span>
        ${icons.forward}
      </button>
      <button class="choice onward" type="button" aria-haspopup="dialog" @click=${addData}>
        <span class="name">Add data</span>
        <span class="detail">Numbers of your own, from any program</span>
        ${icons.forward}
      </button>`
      }
      <button class="choice onward" type="button" aria-haspopup="dialog" @click=${devices}>
        <span class="name">Devices</span>
        <span class="detail">Who may see this, and letting others in</span>
        ${icons.forward}
      </button>
      <button class="choice" type="button" @click=${order}>
        <span class="name">What changed</span>
        <span class="detail">Cards in the order of how unusual this window is</span>
      </button>
      ${installChoice(close)}
      <button class="choice onward" type="button" @click=${() => location.assign('/install')}>
        <span class="name">On this device</span>
        <span class="detail">Onto the home screen, and a check of what works here</span>
        ${icons.forward}
      </button>
      <h3>On a graph, by touch</h3>
      ${table(fingers)}
      <h3>By mouse and keys</h3>
      ${table(keys)}
    `
  })
  // What only owners may do is not offered to viewers; where nobody answers, the server says no in time.
  fetchSession().then(
    ({ role }) => {
      isViewer = role === 'viewer'
      sheet.draw()
    },
    () => {},
  )
}

/** Where the browser can install at once. */
function installChoice(close: () => void): unknown {
  const install = installOffer()
  if (!install) return nothing
  const act = (): void => {
    close()
    install()
  }
  return html`
    <button class="choice" type="button" @click=${act}>
      <span class="name">Install</span>
      <span class="detail">Opens at once from the home screen, and without a network</span>
    </button>
  `
}

const table = (rows: readonly (readonly [string, string])[]): TemplateResult => html`
  <dl class="help">${rows.map(([what, does]) => html`<dt>${what}</dt><dd>${does}</dd>`)}</dl>
`

/** Arrow keys go round in a group of radio buttons and choose at once. */
function moveChoice(event: KeyboardEvent): void {
  const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key]
  if (step === undefined || !(event.currentTarget instanceof HTMLElement)) return
  event.preventDefault()
  const buttons = [...event.currentTarget.querySelectorAll('button')]
  const at = buttons.findIndex((button) => button.matches(':focus'))
  const next = buttons[(at + step + buttons.length) % buttons.length]
  next?.focus()
  next?.click()
}
