// Says what is looked at when it is not simply the present: the cursor's moment, and the way back to live. It floats
// above the footer, clear of the finger, and is painted directly, for it changes with every move.

import { html, render } from 'lit-html'
import type { View } from '../view/view.ts'
import { icons } from './icons.ts'
import { ago, momentInWords } from './words.ts'

export class Moment {
  readonly element: HTMLElement
  readonly #view: View
  readonly #time: HTMLElement
  readonly #ago: HTMLElement

  constructor(view: View) {
    this.#view = view
    this.element = document.createElement('div')
    this.element.className = 'moment'
    render(
      html`
        <span class="when"><span class="time"></span> <span class="ago"></span></span>
        <button class="clear" type="button" aria-label="Remove the cursor" @click=${() => view.setCursor(null)}>
          ${icons.close}
        </button>
        <button class="live" type="button" @click=${() => view.goLive()}>Live ${icons.forward}</button>
      `,
      this.element,
    )
    this.#time = this.#part('.time')
    this.#ago = this.#part('.ago')
    this.paint()
  }

  /** Shows the view as it is now. */
  paint(): void {
    const { state, now } = this.#view
    const moment = state.cursor
    this.element.hidden = moment === null && state.live
    this.#part('.when').hidden = moment === null
    this.#part('.clear').hidden = moment === null
    this.#part('.live').hidden = state.live
    if (moment === null) return
    const [time, distance] = [momentInWords(moment, now), ago(moment, now)]
    if (this.#time.textContent !== time) this.#time.textContent = time
    if (this.#ago.textContent !== distance) this.#ago.textContent = distance
  }

  #part(selector: string): HTMLElement {
    const part = this.element.querySelector<HTMLElement>(selector)
    if (!part) throw new Error(`the moment has no ${selector}`)
    return part
  }
}
