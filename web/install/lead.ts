// The box at the top: where this device stands on its way to the home screen, and the one thing to do now.

import type { About } from '../../common/install-wire.ts'
import { isTrusted, type Machine, secureAddress } from './ask-machine.ts'
import { type InstallOffer, isInstalled, platformOf } from './device.ts'
import { withCode } from './pairing.ts'

/** A page that is looked at asks so often (ms) whether the certificate is trusted by now. */
const lookEveryMs = 3000

interface Words {
  title: string
  text: string
  link?: { words: string; href: string; withCode?: boolean }
  button?: { words: string; press: () => void }
}

/** Null stands for a machine that cannot be reached. */
export function lead(machine: Machine | null, offer: InstallOffer | null): void {
  const words = machine ? wordsFor(machine, offer) : away
  show(words)
  const trusted = machine?.trusted ?? false
  for (const step of document.querySelectorAll<HTMLElement>('[data-until-trusted]')) {
    step.hidden = trusted || (machine !== null && machine.about.https !== 'own')
  }
  const guides = document.getElementById('guides')
  if (guides) guides.hidden = isInstalled() || (machine?.about.https === 'none' && !machine.secure)
  for (const link of document.querySelectorAll<HTMLAnchorElement>('a[data-on]'))
    follow(link, secureAddress({ name: null }), true)
  if (machine?.secure && !isInstalled() && platformOf(navigator) === 'apple') useCardWithCode()
  if (machine && !machine.secure && !machine.trusted) waitForTrust(machine.about)
}

const away: Words = {
  title: 'The machine cannot be reached',
  text: 'Is this device on the same network? Then load this page again.',
}

function wordsFor({ about, secure, trusted }: Machine, offer: InstallOffer | null): Words {
  const open = { words: 'Open the app', href: '/' }
  if (isInstalled())
    return { title: 'It is installed', text: 'This is the app on your home screen.', link: open }
  if (secure && !trusted) {
    const text =
      'The browser let you in past its warning. That is not enough to install: the certificate has to be on this device.'
    return { title: 'First, the certificate', text }
  }
  if (secure) {
    const text =
      'This device trusts the connection. One step is left: put the app on the home screen, as the guide below shows.'
    const install = { words: 'Install', press: () => void offer?.prompt() }
    return { title: 'Ready to install', text, link: open, ...(offer && { button: install }) }
  }
  const on = { words: 'Go on with https', href: secureAddress(about), withCode: true }
  if (trusted)
    return { title: 'This device knows the certificate', text: 'Go on: the pairing comes along.', link: on }
  if (about.https === 'files')
    return { title: 'There is https', text: 'This machine has a certificate of its own.', link: on }
  if (about.https === 'own')
    return {
      title: 'First, the certificate',
      text: 'This device does not know it yet. The guide below takes a minute.',
    }
  return {
    title: 'https is switched off',
    text: 'Set Tls = auto under [Server] in settings.conf on the machine, start it again and load this page once more.',
  }
}

function show({ title, text, link, button }: Words): void {
  const box = document.getElementById('now')
  const [heading, paragraph] = [box?.querySelector('h2'), box?.querySelector('p')]
  const [anchor, press] = [box?.querySelector('a'), box?.querySelector('button')]
  if (!box || !heading || !paragraph || !anchor || !press) return
  heading.textContent = title
  paragraph.textContent = text
  anchor.hidden = link === undefined || button !== undefined
  press.hidden = button === undefined
  if (link) {
    anchor.textContent = link.words
    follow(anchor, link.href, link.withCode ?? false)
  }
  if (button) {
    press.textContent = button.words
    press.onclick = button.press
  }
  box.hidden = false
}

function follow(link: HTMLAnchorElement, href: string, isWithCode: boolean): void {
  link.href = href
  link.onclick = isWithCode
    ? (event) => {
        event.preventDefault()
        void withCode(href).then((address) => location.assign(address))
      }
    : null
}

let cards = 0

/** An iPhone's home-screen app has cookies of its own: its card brings a code along, a fresh one whenever it is looked at. */
function useCardWithCode(): void {
  const card = document.querySelector<HTMLLinkElement>('link[rel="manifest"]')
  if (!card) return
  const renew = (): void => {
    card.crossOrigin = 'use-credentials'
    card.href = `/install.webmanifest?${++cards}`
  }
  if (cards === 0) document.addEventListener('visibilitychange', () => document.hidden || renew())
  renew()
}

let waiting: ReturnType<typeof setInterval> | undefined

/** Nothing is asked while the page is hidden, as it is while people are in their phone's settings. */
function waitForTrust(about: About): void {
  if (about.https === 'none') return
  clearInterval(waiting)
  waiting = setInterval(() => void look(about), lookEveryMs)
  document.onvisibilitychange = () => void look(about)
}

async function look(about: About): Promise<void> {
  if (document.hidden || !(await isTrusted(about))) return
  clearInterval(waiting)
  document.onvisibilitychange = null
  document.querySelector<HTMLButtonElement>('#again')?.click()
}
