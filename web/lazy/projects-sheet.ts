// The choice of a project: this machine, others, and custom numbers. Whatever names them is text, never markup.

import { html, nothing, type TemplateResult } from 'lit-html'
import type { Project } from '../../common/wire.ts'
import { fetchProjects } from '../data/api.ts'
import { icons } from '../first/icons.ts'
import { ago } from '../first/words.ts'
import { fetchSession } from './access-api.ts'
import { ProjectsCare } from './projects-care.ts'
import { openSheet } from './sheet.ts'

export interface ProjectsSheetOptions {
  /** As known so far; asked for again while the sheet opens. */
  projects: readonly Project[]
  present: string | undefined
  /** The server's clock (ms). */
  now: () => number
  choose: (project: Project) => void
}

export function openProjectsSheet({ projects, present, now, choose }: ProjectsSheetOptions): void {
  let known = projects
  /** For owners only. */
  let care: ProjectsCare | null = null
  const sheet = openSheet(
    'Projects',
    ({ close }) => html`
      ${known.map((project) =>
        choice(project, project.key === present, now(), () => {
          close()
          choose(project)
        }),
      )}
      ${known.length === 0 ? html`<p class="hint">There are none yet.</p>` : nothing} ${care?.template() ?? nothing}
    `,
  )
  const refresh = async (): Promise<void> => {
    known = await fetchProjects()
    sheet.draw()
  }
  const offerCare = async (): Promise<void> => {
    if ((await fetchSession()).role !== 'owner') return
    care = await ProjectsCare.load(sheet.draw, () => void refresh().catch(ignore))
    sheet.draw()
  }
  // Offline: the list that is known stays, and there is nothing to change.
  refresh().then(offerCare).catch(ignore)
}

const ignore = (): void => {}

const choice = (
  { name, kind, lastTime }: Project,
  isPresent: boolean,
  now: number,
  act: () => void,
): TemplateResult =>
  html`
    <button class="choice" type="button" aria-current=${isPresent ? 'true' : nothing} @click=${act}>
      <span class="name">${name}</span>
      <span class="detail">
        ${kind === 'machine' ? 'Machine' : 'Custom numbers'} ·
        ${lastTime === null ? 'no points yet' : `newest point ${ago(lastTime, now)}`}
      </span>
      ${isPresent ? icons.check : nothing}
    </button>
  `
