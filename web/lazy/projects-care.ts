// Below the choice of a project, for owners: a project more for numbers of their own, and the way to change those there
// are.

import { html, type TemplateResult } from 'lit-html'
import type { Project } from '../../common/wire.ts'
import { fetchAllProjects, newProject } from './project-api.ts'
import { openProjectSheet } from './project-sheet.ts'
import { Task } from './task.ts'
import './devices.css'

export class ProjectsCare {
  readonly #task: Task
  readonly #changed: () => void
  #projects: Project[] = []

  private constructor(draw: () => void, changed: () => void) {
    this.#task = new Task(draw)
    this.#changed = changed
  }

  /** `changed` is called when there are other projects than before, or other names. */
  static async load(draw: () => void, changed: () => void): Promise<ProjectsCare> {
    const care = new ProjectsCare(draw, changed)
    await care.#fetch()
    return care
  }

  template(): TemplateResult {
    return html`
      <div class="devices">
        <h3>Numbers of your own</h3>
        <ul>${this.#projects.filter(({ kind }) => kind === 'custom').map((project) => this.#row(project))}</ul>
        <form class="ask" @submit=${(event: SubmitEvent) => this.#make(event)}>
          <input name="name" aria-label="Name of the project" placeholder="Greenhouse" required maxlength="128" autocomplete="off" />
          <button class="button" type="submit" ?disabled=${this.#task.busy}>New project</button>
        </form>
        <p class="bad" role="alert">${this.#task.failure ?? ''}</p>
      </div>
    `
  }

  #row({ key, name, archived }: Project): TemplateResult {
    return html`
      <li data-project=${key}>
        <span class="name">${name}</span>
        <span class="detail">${archived ? 'In the archive' : 'In use'}</span>
        <button class="button quiet" type="button" aria-haspopup="dialog" @click=${() => this.#open(key)}>Change</button>
      </li>
    `
  }

  #open(key: string): void {
    openProjectSheet(key, () => void this.#task.run(() => this.#again()))
  }

  #make(event: SubmitEvent): void {
    event.preventDefault()
    const form = event.target
    if (!(form instanceof HTMLFormElement)) return
    void this.#task.run(async () => {
      const { key } = await newProject(String(new FormData(form).get('name')))
      form.reset()
      await this.#again()
      this.#open(key)
    })
  }

  async #again(): Promise<void> {
    await this.#fetch()
    this.#changed()
  }

  async #fetch(): Promise<void> {
    this.#projects = await fetchAllProjects()
  }
}
