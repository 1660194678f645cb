// A sheet over the screen: from below on a phone, in the middle on a desktop. The browser's own <dialog> keeps the
// focus inside and closes on Escape; a tap beside it closes it too.

import { html, render, type TemplateResult } from 'lit-html'
import { icons } from '../first/icons.ts'

export interface Sheet {
  /** Draws the content again. */
  draw: () => void
  close: () => void
}

/**
 * Opens a sheet; `content` makes what stands in it and is asked again at each `draw`. `closed` is called when it is gone,
 * however that came.
 */
export function openSheet(
  title: string,
  content: (sheet: Sheet) => TemplateResult,
  closed: () => void = () => {},
): Sheet {
  const dialog = document.createElement('dialog')
  dialog.className = 'sheet'
  dialog.setAttribute('aria-label', title)
  const sheet: Sheet = {
    draw: () => render(frame(title, content(sheet), sheet.close), dialog),
    close: () => dialog.close(),
  }
  dialog.addEventListener('close', () => {
    dialog.remove()
    closed()
  })
  // A finger that was down before the sheet came means none of it when it is lifted.
  let pressed = false
  dialog.addEventListener('pointerdown', () => {
    pressed = true
  })
  const meant = (event: MouseEvent): void => {
    if (pressed || event.detail === 0) return
    event.preventDefault()
    event.stopImmediatePropagation()
  }
  dialog.addEventListener('click', meant, { capture: true })
  dialog.addEventListener('click', ({ target }) => {
    if (target === dialog) dialog.close()
  })
  document.body.append(dialog)
  sheet.draw()
  dialog.showModal()
  return sheet
}

const frame = (title: string, content: TemplateResult, close: () => void): TemplateResult => html`
  <div class="inside">
    <header>
      <h2>${title}</h2>
      <button class="round" type="button" aria-label="Close" @click=${close}>${icons.close}</button>
    </header>
    ${content}
  </div>
`
