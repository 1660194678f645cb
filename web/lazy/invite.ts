// Letting somebody in: another device of one's own, or a friend who looks at everything or at one project.

import { html, nothing, type TemplateResult } from 'lit-html'
import type { PairingCode } from '../../common/access-wire.ts'
import type { Project } from '../../common/wire.ts'
import { invite } from './access-api.ts'
import { codeBox } from './code-box.ts'
import type { Part } from './devices-sheet.ts'
import { Task } from './task.ts'

const mine = 'owner'
const all = 'viewer'

export class Invite implements Part {
  readonly #projects: readonly Project[]
  readonly #task: Task
  readonly #draw: () => void
  /** `owner`, `viewer`, or `viewer:` and the key of a project. */
  #right = mine
  #code: PairingCode | null = null

  constructor(projects: readonly Project[], draw: () => void) {
    this.#projects = projects
    this.#task = new Task(draw)
    this.#draw = draw
  }

  template(): TemplateResult {
    const choose = ({ target }: Event): void => {
      if (target instanceof HTMLSelectElement) this.#right = target.value
      this.#code = null
      this.#draw()
    }
    return html`
      <h3>Let another device in</h3>
      <form class="ask" @submit=${(event: Event) => this.#show(event)}>
        <select aria-label="What it may do" @change=${choose}>
          <option value=${mine}>Mine: it may do everything</option>
          <option value=${all}>A friend’s: looks at all numbers</option>
          ${this.#projects.map(({ key, name }) => html`<option value=${`${all}:${key}`}>A friend’s: looks at ${name}</option>`)}
        </select>
        <button class="button" type="submit" ?disabled=${this.#task.busy}>Show a code</button>
      </form>
      <p class="bad" role="alert">${this.#task.failure ?? ''}</p>
      ${this.#code ? codeBox(this.#code, { withPicture: true, hint: this.#hint() }) : nothing}
    `
  }

  #hint(): string {
    return this.#right === mine
      ? 'Scan it with your other device, or type the code there.'
      : 'Let your friend scan it, or send the link.'
  }

  #show(event: Event): void {
    event.preventDefault()
    const [role, project] = this.#right.split(/:(.*)/)
    void this.#task.run(async () => {
      this.#code = await invite(role === mine ? 'owner' : 'viewer', project)
    })
  }
}
