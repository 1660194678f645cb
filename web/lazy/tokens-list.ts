// Tokens with which scripts read: made, shown once, ended.

import { html, nothing, type TemplateResult } from 'lit-html'
import type { WireToken } from '../../common/access-wire.ts'
import { ago } from '../first/words.ts'
import { fetchTokens, newToken, revokeToken } from './access-api.ts'
import { copyText } from './copy-text.ts'
import type { Part } from './devices-sheet.ts'
import { Task } from './task.ts'

export class TokensList implements Part {
  readonly #task: Task
  #tokens: WireToken[]
  /** The one that was just made; it is never shown again. */
  #made: string | null = null

  private constructor(tokens: WireToken[], draw: () => void) {
    this.#tokens = tokens
    this.#task = new Task(draw)
  }

  static async load(draw: () => void): Promise<TokensList> {
    return new TokensList(await fetchTokens(), draw)
  }

  template(): TemplateResult {
    return html`
      <h3>Tokens for scripts</h3>
      <p class="hint">A script that shows one reads all numbers and changes nothing.</p>
      <ul>${this.#tokens.map((token) => this.#row(token))}</ul>
      <form class="ask" @submit=${(event: SubmitEvent) => this.#make(event)}>
        <input name="name" aria-label="What the token is for" placeholder="What for" required maxlength="64" autocomplete="off" />
        <button class="button" type="submit" ?disabled=${this.#task.busy}>New token</button>
      </form>
      <p class="bad" role="alert">${this.#task.failure ?? ''}</p>
      ${this.#made ? made(this.#made) : nothing}
    `
  }

  #row({ id, name, project, lastUsed }: WireToken): TemplateResult {
    const used = lastUsed === null ? 'never used' : `used ${ago(lastUsed, Date.now())}`
    const revoke = (): void =>
      void this.#task.run(async () => {
        await revokeToken(id)
        this.#tokens = await fetchTokens()
      })
    return html`
      <li data-token=${id}>
        <span class="name">${name}</span>
        <span class="detail">${project ? `${project} · ` : ''}${used}</span>
        <button class="button quiet bad" type="button" ?disabled=${this.#task.busy} @click=${revoke}>Revoke</button>
      </li>
    `
  }

  #make(event: SubmitEvent): void {
    event.preventDefault()
    const form = event.target
    if (!(form instanceof HTMLFormElement)) return
    void this.#task.run(async () => {
      this.#made = await newToken(String(new FormData(form).get('name')))
      this.#tokens = await fetchTokens()
      form.reset()
    })
  }
}

const made = (token: string): TemplateResult => html`
  <div class="code-box">
    <output class="token">${token}</output>
    <p class="hint">Keep it now: it is not shown again. Scripts send it as Authorization: Bearer.</p>
    <button class="button quiet" type="button" @click=${() => copyText(token)}>Copy the token</button>
  </div>
`
