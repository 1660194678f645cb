// What stands in the middle of the screen when there are no cards to show, and the strips above them.

import { html, nothing, type TemplateResult } from 'lit-html'
import type { AppState } from '../state.ts'

export interface NoticeActions {
  /** Asks the server again. */
  retry: () => void
  /** Lets the version that waits take over, or looks for it again. */
  takeUpdate: () => void
  /** Goes where a login page can be seen. */
  signIn: () => void
  /** Shows the project that came. */
  showNews: () => void
  /** Loads the page anew. */
  reload: () => void
  /** Opens the settings of how long history is kept. */
  openHistory: () => void
}

const drawing = html`
  <svg class="drawing" viewBox="0 0 72 72" aria-hidden="true" fill="none" stroke="currentColor" stroke-width="2.5">
    <path d="M8 60h56" opacity=".35" />
    <path d="M8 44h10l6-8 6 12 8-30 8 34 5-8h13" stroke-linejoin="round" stroke-linecap="round" />
  </svg>
`

/** Grey shapes of cards, while the first answer is on its way. */
export const skeletons = (): TemplateResult => html`
  <div class="grid shimmer" role="status" aria-label="Loading">
    ${[1, 2, 3].map(
      () => html`
        <div class="card skeleton" aria-hidden="true">
          <i class="title"></i><i></i><i class="short"></i><i class="field"></i>
        </div>
      `,
    )}
  </div>
`

/** There is a server but nothing in it. */
export const noDataYet = ({ project }: AppState): TemplateResult => html`
  <div class="notice">
    ${drawing}
    <h2>No data yet</h2>
    <p>
      ${project ? html`Nothing has been written for ${project.name}.` : 'The generator has not written anything.'}
      As soon as the first numbers arrive they appear here.
    </p>
  </div>
`

/** Nothing could be loaded. */
export const failure = (
  { problem, gate }: AppState,
  { retry, signIn }: NoticeActions,
): TemplateResult => html`
  <div class="notice" role="alert">
    ${drawing}
    <h2>Nothing to show</h2>
    <p>${problem}</p>
    <button class="button" type="button" @click=${gate ? signIn : retry}>${gate ? 'Sign in' : 'Try again'}</button>
  </div>
`

/** An error while older data stays on the screen, and an update that waits. */
export const strips = (state: AppState, actions: NoticeActions): TemplateResult => html`
  ${state.updateReady ? strip('Update ready, reload?', 'Reload', actions.takeUpdate) : nothing}
  ${state.stuck ? alarm(state.stuck, 'Try again', actions.takeUpdate) : nothing}
  ${state.gate ? alarm('Something else answers in the server’s place: a login page?', 'Sign in', actions.signIn) : nothing}
  ${state.partMissing ? alarm('A part of this app could not be loaded.', 'Reload', actions.reload) : nothing}
  ${state.news ? strip(`New numbers: ${state.news.name}`, 'Show', actions.showNews) : nothing}
  ${storageStrip(state, actions)}
  ${state.problem && state.link !== 'offline' ? alarm(state.problem, 'Try again', actions.retry) : nothing}
`

/** What is stored is safe; new points are not, or single old ones have to go. */
function storageStrip({ storage }: AppState, { openHistory }: NoticeActions): unknown {
  if (!storage || (storage.ok && !storage.low)) return nothing
  const sentence = storage.ok
    ? 'The disk is almost full: the oldest single points are given up before their time.'
    : `New points cannot be stored. ${storage.message ?? ''}`
  return alarm(sentence, 'History', openHistory)
}

const strip = (sentence: string, button: string, act: () => void): TemplateResult => html`
  <div class="strip" role="status">
    <p>${sentence}</p>
    <button type="button" @click=${act}>${button}</button>
  </div>
`

const alarm = (sentence: string, button: string, act: () => void): TemplateResult => html`
  <div class="strip bad" role="alert">
    <p>${sentence}</p>
    <button type="button" @click=${act}>${button}</button>
  </div>
`
