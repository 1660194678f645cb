// The closed door: this device is let in by the code in a scanned address, by one that somebody types, by the one that a
// home-screen app was started with, or by its passkey.

import { html, nothing, type TemplateResult } from 'lit-html'
import { pair } from '../data/api.ts'
import { fetchSession } from './access-api.ts'
import { Task } from './task.ts'

export interface Pairing {
  /** The screen as it is now. */
  template: () => TemplateResult
  /**
   * Uses the code in the address, if there is one, and takes it away: `#pair=` is scanned, `#enter=` is what a home-screen
   * app is started with each time, so that it may be used up long since and nobody is told. False when it was no use.
   */
  byAddress: () => Promise<boolean>
}

interface Door {
  task: Task
  /** A passkey of this address can be shown. */
  hasPasskey: boolean
  submit: (event: SubmitEvent) => void
  showPasskey: () => void
}

/** `changed` is called whenever the screen is other than before, `paired` once this device is in. */
export function createPairing({ changed, paired }: { changed: () => void; paired: () => void }): Pairing {
  const task = new Task(changed)
  const attempt = async (work: () => Promise<unknown>): Promise<boolean> => {
    const isIn = await task.run(work)
    if (isIn) paired()
    return isIn
  }
  const submit = (code: string, name: string): Promise<boolean> =>
    attempt(() => pair(code.trim(), name.trim() || guessDeviceName()))
  const door: Door = {
    task,
    hasPasskey: false,
    submit(event) {
      event.preventDefault()
      const fields = new FormData(event.target as HTMLFormElement)
      void submit(String(fields.get('code')), String(fields.get('name') ?? ''))
    },
    showPasskey: () => void signIn(task, paired),
  }
  // Where nobody answers, the screen goes without.
  const look = async (): Promise<void> => {
    door.hasPasskey = (await fetchSession()).passkey === 'there'
    if (door.hasPasskey) changed()
  }
  look().catch(() => {})
  return {
    template: () => screen(door),
    async byAddress() {
      const [, way, code] = /^#(pair|enter)=([\w-]+)$/.exec(location.hash) ?? []
      if (code === undefined) return true
      history.replaceState(history.state, '', location.pathname + location.search)
      const isIn = await submit(code, '')
      if (way === 'enter') task.forgive()
      return isIn
    },
  }
}

async function signIn(task: Task, paired: () => void): Promise<void> {
  let isIn = false
  await task.run(async () => {
    const { showPasskey } = await import('./passkey.ts')
    isIn = await showPasskey()
  })
  if (isIn) paired()
}

/** The app was put on the home screen and runs from there. */
const isInstalled = (): boolean =>
  matchMedia('(display-mode: standalone)').matches ||
  ('standalone' in navigator && navigator.standalone === true)

const screen = ({ task, hasPasskey, submit, showPasskey }: Door): TemplateResult => html`
  <div class="notice pairing">
    ${isInstalled() ? oneStep : firstTime}
    <form @submit=${submit}>
      <label>
        Pairing code
        <input class="code" name="code" required maxlength="40" autocomplete="one-time-code" autocapitalize="characters"
          autocorrect="off" spellcheck="false" enterkeyhint="go" aria-describedby="wrong" />
      </label>
      ${isInstalled() ? nothing : nameOfDevice()}
      <p id="wrong" class="wrong" role="alert">${task.failure ?? nothing}</p>
      <button class="button" type="submit" ?disabled=${task.busy}>${task.busy ? 'Pairing …' : 'Pair'}</button>
      ${hasPasskey ? passkeyButton(showPasskey, task.busy) : nothing}
    </form>
  </div>
`

const firstTime = html`
  <h2>Pair this device</h2>
  <p>
    Only paired devices see the numbers of this machine. Scan the code in the terminal where Pocketstats was started,
    or type it here. <code>npm run pair</code> shows a new one.
  </p>
`

const oneStep = html`
  <h2>One step to go</h2>
  <p>
    An app on the home screen has a memory of its own, so it asks once. In the browser it came from open Settings,
    Devices, Code for the home-screen app, and type that code here. <code>npm run pair</code> shows one, too.
  </p>
`

const nameOfDevice = (): TemplateResult => html`
  <label>
    Name of this device
    <input name="name" maxlength="64" autocomplete="off" .defaultValue=${guessDeviceName()} />
  </label>
`

const passkeyButton = (show: () => void, busy: boolean): TemplateResult => html`
  <button class="button quiet" type="button" ?disabled=${busy} @click=${show}>Sign in with a passkey</button>
`

const platforms: readonly (readonly [RegExp, string])[] = [
  [/iPhone/, 'iPhone'],
  [/iPad/, 'iPad'],
  [/Android/, 'Android'],
  [/Mac OS X/, 'Mac'],
  [/Windows/, 'Windows'],
  [/CrOS/, 'Chromebook'],
  [/Linux/, 'Linux'],
]

/** What the browser says of itself, in a word: "iPhone". */
export function guessDeviceName(agent: string = navigator.userAgent): string {
  return platforms.find(([pattern]) => pattern.test(agent))?.[1] ?? 'Browser'
}
