// One project for its owner: its name, its secret id, the archive, and the end of it. What cannot be taken back is asked
// for twice.

import { html, nothing, type TemplateResult } from 'lit-html'
import type { ProjectDetails } from '../../common/project-wire.ts'
import { copyText } from './copy-text.ts'
import { PointForm } from './point-form.ts'
import { changeProject, deleteProject, fetchProject, rotateProjectId } from './project-api.ts'
import { openSheet, type Sheet } from './sheet.ts'
import { Task } from './task.ts'
import './devices.css'

/** What a second tap does. */
type Asked = 'rotate' | 'delete' | null

/** Opens the sheet of the project of that key; `changed` is called after every change. */
export function openProjectSheet(key: string, changed: () => void): void {
  let project: ProjectDetails | null = null
  let asked: Asked = null
  let copied = false
  const task = new Task(() => sheet.draw())
  const pointForm = new PointForm(() => sheet.draw())
  const run = (work: () => Promise<void>): void => {
    copied = false
    void task.run(work)
  }
  const take = (ask: () => Promise<ProjectDetails>): void =>
    run(async () => {
      project = await ask()
      asked = null
      changed()
    })
  const copy = (id: string): void =>
    run(async () => {
      copied = await copyText(id)
    })
  const twice = (what: Exclude<Asked, null>, act: () => void): void => {
    if (asked === what) act()
    else {
      asked = what
      sheet.draw()
    }
  }
  const rename = (event: SubmitEvent): void => {
    const name = nameIn(event)
    take(() => changeProject(key, { name }))
  }
  const addData = async (): Promise<void> => {
    const { openAddDataSheet } = await import('./add-data-sheet.ts')
    openAddDataSheet(key)
  }
  const remove = (): void =>
    run(async () => {
      await deleteProject(key)
      changed()
      sheet.close()
    })

  const body = (one: ProjectDetails): TemplateResult => html`
    <form class="ask" @submit=${rename}>
      <input name="name" aria-label="Name" .value=${one.name} required maxlength="128" autocomplete="off" />
      <button class="button" type="submit" ?disabled=${task.busy}>Rename</button>
    </form>
    <div class="code-box">
      <output class="token">${one.id}</output>
      <p class="hint">Whoever knows this id may add points to the project, and nothing else.</p>
      <button class="button quiet" type="button" @click=${() => copy(one.id)}>${copied ? 'Copied' : 'Copy the id'}</button>
      <button class="button quiet" type="button" ?disabled=${task.busy} @click=${() => twice('rotate', () => take(() => rotateProjectId(key)))}>
        ${asked === 'rotate' ? 'Really: the old id is refused from now on' : 'New id'}
      </button>
    </div>
    ${one.archived ? nothing : pointForm.template(one.id)}
    ${one.archived ? nothing : html`<button class="button quiet" type="button" aria-haspopup="dialog" @click=${addData}>Add data from elsewhere</button>`}
    <p class="hint">${seriesInWords(one.series)}${one.archived ? ' In the archive: it takes no points.' : ''}</p>
    <div class="ask">
      <button class="button quiet" type="button" ?disabled=${task.busy} @click=${() => take(() => changeProject(key, { archived: !one.archived }))}>
        ${one.archived ? 'Take out of the archive' : 'Put into the archive'}
      </button>
      <button class="button quiet bad" type="button" ?disabled=${task.busy} @click=${() => twice('delete', remove)}>
        ${asked === 'delete' ? 'Really delete all its points' : 'Delete'}
      </button>
    </div>
  `
  const sheet: Sheet = openSheet(
    'Project',
    () => html`
      <div class="devices" aria-busy=${task.busy ? 'true' : 'false'}>
        ${task.failure ? html`<p class="bad" role="alert">${task.failure}</p>` : nothing}
        ${project ? body(project) : nothing}
      </div>
    `,
  )
  run(async () => {
    project = await fetchProject(key)
  })
}

const seriesInWords = (count: number): string => (count === 1 ? 'One series.' : `${count} series.`)

function nameIn(event: SubmitEvent): string {
  event.preventDefault()
  return event.target instanceof HTMLFormElement ? String(new FormData(event.target).get('name')) : ''
}
