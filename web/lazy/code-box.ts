// A one-time code as people pass it on: to be scanned, typed, or sent as a link.

import { html, nothing, type TemplateResult } from 'lit-html'
import type { PairingCode } from '../../common/access-wire.ts'
import { timeOfDay } from '../first/words.ts'
import { copyText } from './copy-text.ts'
import { qr } from './qr.ts'

interface CodeBoxOptions {
  /** With the link as a QR code, and the link to copy. */
  withPicture: boolean
  hint: string
}

export const codeBox = (
  { code, link, expires }: PairingCode,
  { withPicture, hint }: CodeBoxOptions,
): TemplateResult => html`
  <div class="code-box">
    ${withPicture ? qr(link, 'A QR code to scan with the other device') : nothing}
    <output class="code">${grouped(code)}</output>
    <p class="hint">${hint} It works once, until ${timeOfDay(expires).slice(0, 5)}.</p>
    <button class="button quiet" type="button" @click=${copier(withPicture ? link : code)}>
      ${withPicture ? 'Copy the link' : 'Copy the code'}
    </button>
  </div>
`

/** Easier to read aloud: ABCD-2345. */
const grouped = (code: string): string => `${code.slice(0, 4)}-${code.slice(4)}`

const copier =
  (text: string) =>
  async ({ currentTarget: button }: Event): Promise<void> => {
    if (!(button instanceof HTMLElement)) return
    const done = await copyText(text)
    button.textContent = done ? 'Copied' : 'Copying is not allowed here'
  }
