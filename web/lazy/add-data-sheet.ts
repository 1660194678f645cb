// How to add numbers of one's own: lines to be copied, with the project's address and id in them, and below them the first
// point as it arrives.

import { html, nothing, type TemplateResult } from 'lit-html'
import type { ProjectDetails } from '../../common/project-wire.ts'
import type { Project } from '../../common/wire.ts'
import { timeOfDay } from '../first/words.ts'
import { type Arrival, Arrivals } from './arrivals.ts'
import { copyText } from './copy-text.ts'
import { fetchAllProjects, fetchProject, newProject } from './project-api.ts'
import { openSheet, type Sheet } from './sheet.ts'
import { Task } from './task.ts'
import { type WayToAdd, waysToAdd } from './ways-to-add.ts'
import './devices.css'
import './add-data.css'

/** Opens the sheet, with the project of that key; without one people choose or make it there. For owners. */
export function openAddDataSheet(key?: string): void {
  const part = new AddData(() => sheet.draw())
  const sheet: Sheet = openSheet('Add data', () => part.template(), part.stop)
  part.start(key)
}

class AddData {
  readonly #draw: () => void
  readonly #task: Task
  #projects: readonly Project[] = []
  #project: ProjectDetails | null = null
  #way = 'curl'
  #copied: boolean | null = null
  #arrivals: Arrivals | null = null
  #arrived: { point: Arrival; isNew: boolean } | null = null
  #isOver = false

  constructor(draw: () => void) {
    this.#draw = draw
    this.#task = new Task(draw)
  }

  start(key?: string): void {
    void this.#task.run(async () => {
      this.#projects = (await fetchAllProjects()).filter(
        ({ kind, archived }) => kind === 'custom' && !archived,
      )
      const first = key ?? this.#projects[0]?.key
      if (first !== undefined) this.#show(await fetchProject(first))
    })
  }

  readonly stop = (): void => {
    this.#isOver = true
    this.#arrivals?.stop()
  }

  template(): TemplateResult {
    const { busy, failure } = this.#task
    return html`
      <div class="devices add-data" aria-busy=${busy ? 'true' : 'false'}>
        <p class="bad" role="alert">${failure ?? ''}</p>
        ${this.#projects.length > 1 ? this.#choice() : nothing}
        ${this.#project ? this.#linesFor(this.#project) : nothing}
        ${this.#project || busy || failure ? nothing : this.#maker()}
      </div>
    `
  }

  #choice(): TemplateResult {
    const choose = ({ target }: Event): void => {
      if (!(target instanceof HTMLSelectElement)) return
      void this.#task.run(async () => this.#show(await fetchProject(target.value)))
    }
    return html`
      <div class="ask">
        <select aria-label="Project" @change=${choose}>
          ${this.#projects.map(({ key, name }) => html`<option value=${key} ?selected=${key === this.#project?.key}>${name}</option>`)}
        </select>
      </div>
    `
  }

  #maker(): TemplateResult {
    const make = (event: SubmitEvent): void => {
      event.preventDefault()
      if (!(event.target instanceof HTMLFormElement)) return
      const name = String(new FormData(event.target).get('name'))
      void this.#task.run(async () => this.#show(await newProject(name)))
    }
    return html`
      <p class="hint">Numbers that you send belong to a project. Give it a name.</p>
      <form class="ask" @submit=${make}>
        <input name="name" aria-label="Name of the project" placeholder="Greenhouse" required maxlength="128" autocomplete="off" />
        <button class="button" type="submit">New project</button>
      </form>
    `
  }

  #linesFor(project: ProjectDetails): TemplateResult {
    const ways = waysToAdd(project)
    const way = ways.find(({ name }) => name === this.#way) ?? ways[0]
    const choose = (name: string): void => {
      this.#way = name
      this.#copied = null
      this.#draw()
    }
    return html`
      <p class="hint">To ${project.name}. Another category or label makes another card or line. Its id is in these lines: whoever has them may add points, and nothing else.</p>
      <div class="ways" role="group" aria-label="Way to add">
        ${ways.map(
          ({ name }) =>
            html`<button class="button quiet" type="button" aria-pressed=${name === way?.name ? 'true' : 'false'} @click=${() => choose(name)}>${name}</button>`,
        )}
      </div>
      ${way ? this.#lines(way) : nothing}
      <p class="arrival" role="status" data-new=${this.#arrived?.isNew ? 'yes' : nothing}>${inWords(this.#arrived)}</p>
    `
  }

  #lines({ hint, lines }: WayToAdd): TemplateResult {
    const copy = async (): Promise<void> => {
      this.#copied = await copyText(lines)
      this.#draw()
    }
    return html`
      <p class="hint">${hint}</p>
      <pre tabindex="0" aria-label="Lines to copy">${lines}</pre>
      <button class="button" type="button" @click=${copy}>${copyWords(this.#copied)}</button>
    `
  }

  #show(project: ProjectDetails): void {
    this.#arrivals?.stop()
    this.#arrived = null
    this.#project = project
    if (this.#isOver) return
    this.#arrivals = new Arrivals(project.key, (point, isNew) => {
      this.#arrived = { point, isNew }
      this.#draw()
    })
  }
}

const copyWords = (copied: boolean | null): string =>
  copied === null ? 'Copy' : copied ? 'Copied' : 'Copying is not allowed here'

function inWords(arrived: { point: Arrival; isNew: boolean } | null): string {
  if (!arrived) return 'Waiting for the first point …'
  const { category, label, value, time } = arrived.point
  return `${arrived.isNew ? 'Arrived' : 'Newest so far'}: ${category}, ${label}: ${value} at ${timeOfDay(time)}`
}
