// The footer's words: how the app stands to the server, and how old what it shows is. Old data never looks live.

import { html, type TemplateResult } from 'lit-html'
import type { AppState, Link } from '../state.ts'
import { ago, timeOfDay } from './words.ts'

/** `past`: the stream is there, but what is looked at is not the present. */
type Shown = Link | 'past'

const words: Readonly<Record<Shown, string>> = {
  connecting: 'Connecting …',
  live: 'Live',
  past: 'History',
  paused: 'Paused',
  offline: 'Offline',
}

/** `now` is this device's clock (ms); `live`: the window shows the present. */
export function status({ link, updated }: AppState, live: boolean, now: number): TemplateResult {
  const shown = link === 'live' && !live ? 'past' : link
  return html`
    <div class="state" data-state=${shown}>
      <span class="word" role="status">${words[shown]}</span>
      <span class="time">${age(link, updated, now)}</span>
    </div>
  `
}

function age(link: Link, updated: number | null, now: number): string {
  if (updated === null) return 'no data yet'
  const time = timeOfDay(updated)
  return link === 'offline' ? `data of ${time}, ${ago(updated, now)}` : `Updated ${time}`
}
