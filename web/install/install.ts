// The page /install: opens the guide for this device, notices when the device trusts the certificate, leads on to https
// with the pairing carried over, and checks what works. Everything it needs to be read stands in its HTML already.

import { askMachine, type Machine } from './ask-machine.ts'
import { showChecks } from './check-list.ts'
import { checksFor } from './checks.ts'
import { type InstallOffer, platformOf } from './device.ts'
import { lead } from './lead.ts'
import { letIn } from './pairing.ts'

/** Fired before this page could ask for it where the browser can install at once. */
let offer: InstallOffer | null = null
addEventListener('beforeinstallprompt', (event) => {
  event.preventDefault()
  offer = event as InstallOffer
  void start()
})

let running = false
void start()

/** Once more when something changed: who is asked twice at a time answers once. */
async function start(): Promise<void> {
  if (running) return
  running = true
  openGuide()
  try {
    await letIn()
    const machine = await askMachine()
    fill(machine)
    lead(machine, offer)
    await showChecks(checksFor(machine, offer))
  } catch {
    lead(null, offer)
  }
  running = false
}

const again = document.querySelector<HTMLButtonElement>('#again')
if (again) again.hidden = false
again?.addEventListener('click', () => void start())

function openGuide(): void {
  const guide = document.querySelector(`details[data-platform="${platformOf(navigator)}"]`)
  guide?.setAttribute('open', '')
  guide?.parentElement?.querySelector('h2')?.after(guide)
}

/** What the page could not know when it was written. */
function fill({ about }: Machine): void {
  const words: Readonly<Record<string, string | undefined>> = {
    ...about.authority,
    authority: about.authority?.name,
  }
  for (const place of document.querySelectorAll<HTMLElement>('[data-fill]')) {
    const word = words[place.dataset.fill ?? '']
    if (word) place.textContent = word
  }
  for (const part of document.querySelectorAll<HTMLElement>('[data-for]')) {
    part.hidden = part.dataset.for !== about.https
  }
}
