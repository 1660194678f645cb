// Pairing this device with the machine: by the code in a scanned address, or typed from the terminal.

import { html, nothing, type TemplateResult } from 'lit-html'
import { ApiError, pair } from '../data/api.ts'

export interface Pairing {
  /** The screen as it is now. */
  template: () => TemplateResult
  /** Pairs with a code; what goes wrong stands on the screen. True when it worked. */
  submit: (code: string, name: string) => Promise<boolean>
}

/** `changed` is called whenever the screen is other than before, `paired` once this device is in. */
export function createPairing({ changed, paired }: { changed: () => void; paired: () => void }): Pairing {
  let wrong: string | null = null
  let busy = false

  const submit = async (code: string, name: string): Promise<boolean> => {
    busy = true
    wrong = null
    changed()
    try {
      await pair(code.trim(), name.trim() || guessDeviceName())
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      wrong = error.message
    }
    busy = false
    changed()
    if (wrong === null) paired()
    return wrong === null
  }

  const onSubmit = (event: SubmitEvent): void => {
    event.preventDefault()
    const fields = new FormData(event.target as HTMLFormElement)
    void submit(String(fields.get('code')), String(fields.get('name')))
  }

  return { submit, template: () => screen(onSubmit, wrong, busy) }
}

const screen = (
  onSubmit: (event: SubmitEvent) => void,
  wrong: string | null,
  busy: boolean,
): TemplateResult => html`
  <div class="notice pairing">
    <h2>Pair this device</h2>
    <p>
      Only paired devices see the numbers of this machine. Scan the code in the terminal where Pocketstats was started,
      or type it here. <code>npm run pair</code> shows a new one.
    </p>
    <form @submit=${onSubmit}>
      <label>
        Pairing code
        <input class="code" name="code" required maxlength="40" autocomplete="one-time-code" autocapitalize="characters"
          autocorrect="off" spellcheck="false" enterkeyhint="go" aria-describedby="wrong" />
      </label>
      <label>
        Name of this device
        <input name="name" maxlength="64" autocomplete="off" .defaultValue=${guessDeviceName()} />
      </label>
      <p id="wrong" class="wrong" role="alert">${wrong ?? nothing}</p>
      <button class="button" type="submit" ?disabled=${busy}>${busy ? 'Pairing …' : 'Pair'}</button>
    </form>
  </div>
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
