// Says what is looked at when it is not simply the present: the cursor's moment, what can be done with it, and the way
// back to live. It floats above the footer, clear of the finger, and is painted directly, for it changes with every move.

import { html, render } from 'lit-html'
import type { View } from '../view/view.ts'
import { icons } from './icons.ts'
import { ago, momentInWords } from './words.ts'

export interface MomentActions {
  /** Goes to the spike after the cursor (1) or before it (-1). */
  spike: (direction: 1 | -1) => void
  share: () => void
  /** Shows everything about the moment. */
  openMoment: () => void
}

/** Words stay this long (ms), or until the cursor is elsewhere. */
const wordsStayMs = 6000

export class Moment {
  readonly element: HTMLElement
  readonly #view: View
  readonly #time = new Text()
  readonly #ago = new Text()
  readonly #words: HTMLElement
  #saidAt: number | null = null
  #look = ''
  #silence: ReturnType<typeof setTimeout> | undefined

  constructor(view: View, { spike, share, openMoment }: MomentActions) {
    this.#view = view
    this.element = document.createElement('div')
    this.element.className = 'moment'
    const button = (name: string, label: string, icon: unknown, act: () => void) =>
      html`<button class=${name} type="button" aria-label=${label} title=${label} @click=${act}>${icon}</button>`
    render(
      html`
        <p class="words" role="status"></p>
        <button class="when" type="button" aria-haspopup="dialog" @click=${openMoment}>
          <span class="time"></span><span class="ago"></span>
        </button>
        ${button('spike', 'Previous spike', icons.spikeBefore, () => spike(-1))}
        ${button('spike', 'Next spike', icons.spikeAfter, () => spike(1))}
        ${button('share', 'Share this moment', icons.share, share)}
        ${button('clear', 'Remove the cursor', icons.close, () => view.setCursor(null))}
        <button class="live" type="button" @click=${() => view.goLive()}>Live ${icons.forward}</button>
      `,
      this.element,
    )
    this.#part('.time').append(this.#time)
    this.#part('.ago').append(this.#ago)
    this.#words = this.#part('.words')
    this.paint()
  }

  /** Shows the view as it is now. */
  paint(): void {
    const { state, now, locked } = this.#view
    const moment = state.cursor
    const look = `${moment === null}${state.live}${locked}`
    if (look !== this.#look) this.#dress(look)
    if (moment !== this.#saidAt) this.#hush()
    if (moment === null) return
    const [time, distance] = [momentInWords(moment, now), ago(moment, now) + (locked ? ', locked' : '')]
    if (this.#time.data !== time) this.#time.data = time
    if (this.#ago.data !== distance) this.#ago.data = distance
  }

  /** What is there of it, which seldom changes. */
  #dress(look: string): void {
    const { state, locked } = this.#view
    const isFree = state.cursor === null
    this.#look = look
    this.element.hidden = isFree && state.live
    this.#part('.when').hidden = isFree
    this.#part('.clear').hidden = isFree
    this.#part('.live').hidden = state.live
    this.element.classList.toggle('locked', locked)
  }

  /** Says something about the cursor's moment, above it. */
  say(words: string): void {
    clearTimeout(this.#silence)
    this.#words.textContent = words
    this.#saidAt = this.#view.state.cursor
    this.#silence = setTimeout(() => this.#hush(), wordsStayMs)
  }

  #hush(): void {
    clearTimeout(this.#silence)
    if (this.#words.textContent) this.#words.textContent = ''
  }

  #part(selector: string): HTMLElement {
    const part = this.element.querySelector<HTMLElement>(selector)
    if (!part) throw new Error(`the moment has no ${selector}`)
    return part
  }
}
