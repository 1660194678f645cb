// On plain http nothing can be installed and nothing opens without a network. A strip says so once, and leads to the
// page that says how to have it.

import type { About } from '../../common/install-wire.ts'

const key = 'pocketstats:no-install-offer'

/** Puts the strip below the cards, unless it was put away or the machine has no https. */
export async function offerInstall(): Promise<void> {
  const cards = document.querySelector('main')
  if (!cards || wasPutAway()) return
  const about = (await (await fetch('/install/about.json')).json()) as About
  if (about.https === 'none') return
  const strip = document.createElement('div')
  strip.className = 'strip'
  const sentence = document.createElement('p')
  sentence.textContent = 'On your home screen this opens at once, also without a network.'
  strip.append(
    sentence,
    button('How', () => location.assign('/install')),
    button('Not now', putAway),
  )
  strip.style.margin = '0 8px 8px'
  cards.after(strip)

  function putAway(): void {
    strip.remove()
    remember()
  }
}

function button(words: string, act: () => void): HTMLButtonElement {
  const element = document.createElement('button')
  element.type = 'button'
  element.textContent = words
  element.addEventListener('click', act)
  return element
}

function remember(): void {
  try {
    localStorage.setItem(key, 'yes')
  } catch {
    // Offered again the next time.
  }
}

function wasPutAway(): boolean {
  try {
    return localStorage.getItem(key) !== null
  } catch {
    return false
  }
}
