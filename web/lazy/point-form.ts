// A point added by hand: what it is of, and its value. Where the server cannot be reached it waits on the device.

import { html, nothing, type TemplateResult } from 'lit-html'
import { addPoint } from '../data/add-point.ts'
import { Task } from './task.ts'

const words = {
  sent: 'Added.',
  waiting: 'The server cannot be reached. The point waits on this device, and is sent when it can be.',
} as const

export class PointForm {
  readonly #task: Task
  #outcome: keyof typeof words | null = null

  /** `changed` is called whenever the form is other than before. */
  constructor(changed: () => void) {
    this.#task = new Task(changed)
  }

  /** For the project of this secret id. */
  template(projectid: string): TemplateResult {
    const { busy, failure } = this.#task
    return html`
      <form class="ask" @submit=${(event: SubmitEvent) => this.#add(event, projectid)}>
        <input name="category" aria-label="Category" placeholder="Category" required maxlength="128" autocomplete="off" />
        <input name="label" aria-label="Series" placeholder="Series" required maxlength="128" autocomplete="off" />
        <input name="value" aria-label="Value" placeholder="Value" required type="number" step="any" inputmode="decimal" />
        <button class="button" type="submit" ?disabled=${busy}>Add the point</button>
      </form>
      ${failure ? html`<p class="bad" role="alert">${failure}</p>` : nothing}
      ${this.#outcome ? html`<p class="hint" role="status">${words[this.#outcome]}</p>` : nothing}
    `
  }

  #add(event: SubmitEvent, projectid: string): void {
    event.preventDefault()
    if (!(event.target instanceof HTMLFormElement)) return
    const fields = new FormData(event.target)
    const text = (name: string): string => String(fields.get(name))
    const point = {
      projectid,
      category: text('category'),
      label: text('label'),
      value: Number(text('value')),
    }
    this.#outcome = null
    void this.#task.run(async () => {
      this.#outcome = await addPoint(point)
    })
  }
}
