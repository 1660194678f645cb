// The device in one's hand: what it may do, the way into its home-screen app, its passkey, and signing out.

import { html, nothing, type TemplateResult } from 'lit-html'
import type { PairingCode, Session } from '../../common/access-wire.ts'
import { handOver, signOut } from './access-api.ts'
import { codeBox } from './code-box.ts'
import type { Part } from './devices-sheet.ts'
import { Task } from './task.ts'

export class ThisDevice implements Part {
  readonly #session: Session
  readonly #task: Task
  #code: PairingCode | null = null
  #said = ''
  #passkeys: number

  constructor(session: Session, draw: () => void) {
    this.#session = session
    this.#passkeys = session.device?.passkeys ?? 0
    this.#task = new Task(draw)
  }

  template(): TemplateResult {
    const { device, project } = this.#session
    return html`
      <h3>This device</h3>
      <p class="line"><strong>${device?.name}</strong> ${rightInWords(this.#session.role, project)}</p>
      <div class="acts">
        ${this.#button('Code for the home-screen app', () => this.#handOver())}
        ${this.#passkeyButton()}
        ${this.#button('Sign out', () => this.#signOut())}
      </div>
      <p class=${this.#task.failure ? 'bad' : 'hint'} role="status">${this.#task.failure ?? this.#said}</p>
      ${this.#code ? codeBox(this.#code, { withPicture: false, hint: homeScreenHint }) : nothing}
    `
  }

  #passkeyButton(): unknown {
    if (this.#passkeys > 0) return this.#button('Remove the passkey', () => this.#removePasskey())
    if (this.#session.passkey === 'none') return nothing
    return this.#button('Make a passkey', () => this.#makePasskey())
  }

  #button(words: string, act: () => Promise<unknown>): TemplateResult {
    const run = (): void => void this.#task.run(act)
    return html`<button class="button quiet" type="button" ?disabled=${this.#task.busy} @click=${run}>${words}</button>`
  }

  async #handOver(): Promise<void> {
    this.#code = await handOver()
  }

  async #makePasskey(): Promise<void> {
    const { browserSupportsWebAuthn, makePasskey } = await import('./passkey.ts')
    if (!browserSupportsWebAuthn()) this.#said = 'This browser has no passkeys.'
    else if (await makePasskey()) {
      this.#passkeys = 1
      this.#said = 'Made: it lets this device in again when its pairing is lost.'
    }
  }

  async #removePasskey(): Promise<void> {
    const { removePasskeys } = await import('./passkey.ts')
    await removePasskeys()
    this.#passkeys = 0
    this.#said = 'Removed: it opens nothing any more.'
  }

  async #signOut(): Promise<void> {
    await signOut()
    location.reload()
  }
}

const homeScreenHint =
  'An iPhone’s home-screen app has a memory of its own. If it asks, type this code there: it is let in as this device.'

/** "may do everything", "may look at all numbers". */
export const rightInWords = (role: Session['role'], project: string | null): string =>
  role === 'owner' ? 'may do everything' : `may look at ${project ?? 'all numbers'}`
