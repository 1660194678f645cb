// What has to work before an app can be installed, kept and notified, each with the one step that mends it.

import type { Machine } from './ask-machine.ts'
import { type InstallOffer, isInstalled, platformOf } from './device.ts'
import { isPaired } from './pairing.ts'

export interface Verdict {
  good: boolean
  /** What was found, a sentence. */
  text: string
  /** What to do, a sentence; with `good` a hint. */
  next?: string
}

export interface Check {
  name: string
  run: () => Verdict | Promise<Verdict>
}

/** Clocks further apart than this (ms) make what is live look old. */
const mostApartMs = 10_000
const patienceMs = 15_000

const good = (text: string, next?: string): Verdict => ({ good: true, text, ...(next && { next }) })
const bad = (text: string, next: string): Verdict => ({ good: false, text, next })
const overHttps = 'Go on with https first.'

/** All checks in the order in which they build on each other. */
export function checksFor(machine: Machine, offer: InstallOffer | null): Check[] {
  const worker = once(() => running(machine))
  return [
    { name: 'Secure connection', run: () => secureContext(machine) },
    { name: 'Certificate', run: () => certificate(machine) },
    { name: 'Service worker', run: async () => serviceWorker(machine, await worker()) },
    { name: 'Install card', run: installCard },
    { name: 'Installable', run: async () => installable(machine, offer, await worker()) },
    { name: 'Notifications', run: () => notifications(machine) },
    { name: 'Offline copy', run: async () => offlineCopy(machine, await worker()) },
    { name: 'Clock', run: () => clock(machine) },
    { name: 'Pairing', run: pairing },
  ]
}

const secureContext = ({ secure }: Machine): Verdict =>
  secure
    ? good('Browsers hold this page’s connection for secure.')
    : bad('This page came by plain http.', 'Follow the guide above, then go on with https.')

function certificate({ about, secure, trusted }: Machine): Verdict {
  if (secure && !trusted) {
    return bad(
      'The browser let you in past a warning, which does not count.',
      'Install the certificate: the guide above shows how.',
    )
  }
  if (location.protocol === 'https:') return good('Trusted.')
  if (secure) return good('On the machine itself none is needed.')
  if (trusted) return good('This device trusts it.', overHttps)
  if (about.https === 'none')
    return bad('This server has none.', 'Set Tls = auto under [Server] in settings.conf.')
  return bad('This device does not trust it yet.', 'Install it: the guide above shows how.')
}

function serviceWorker({ secure }: Machine, problem: string | null): Verdict {
  if (problem === null) return good('It runs, and keeps the app’s files on this device.')
  return bad(problem, secure ? 'Mend the certificate, or load this page again.' : overHttps)
}

async function installCard(): Promise<Verdict> {
  try {
    const response = await fetch('/manifest.webmanifest', { cache: 'no-cache' })
    const { name, icons } = (await response.json()) as { name?: string; icons?: object[] }
    if (name && icons && icons.length > 0) return good('The manifest and its icons are there.')
  } catch {
    // Said below.
  }
  return bad('The manifest cannot be read.', 'Run npm run build on the machine, then load this page again.')
}

function installable({ secure }: Machine, offer: InstallOffer | null, worker: string | null): Verdict {
  if (isInstalled()) return good('It is installed: this is the app.')
  if (!secure || worker !== null) return bad('Not yet.', secure ? 'See the service worker above.' : overHttps)
  if (offer) return good('The browser offers to install it.', 'Press Install at the top.')
  return platformOf(navigator) === 'apple'
    ? good('Yes.', 'Share, then Add to Home Screen.')
    : good('Nothing is in the way.', 'Use Install or Add to Home screen in the browser’s menu.')
}

function notifications({ secure }: Machine): Verdict {
  if (!secure) return bad('Not without a secure connection.', overHttps)
  if (platformOf(navigator) === 'apple' && !isInstalled()) {
    return bad(
      'An iPhone notifies from the home screen only.',
      'Add the app to the home screen and open it there.',
    )
  }
  if (!('Notification' in window && 'PushManager' in window)) {
    return bad('This browser cannot.', 'Use Chrome, Edge, Firefox, or Safari 16.4 or newer.')
  }
  if (Notification.permission === 'denied') {
    return bad('They are blocked for this site.', 'Allow them in the browser’s settings of this site.')
  }
  return good(
    Notification.permission === 'granted' ? 'Allowed.' : 'Possible; the app asks when you want them.',
  )
}

async function offlineCopy({ secure }: Machine, worker: string | null): Promise<Verdict> {
  if (!secure) return bad('Nothing can be kept by plain http.', overHttps)
  if (worker !== null)
    return bad('Nothing is kept without a service worker.', 'See the service worker above.')
  const deadline = Date.now() + patienceMs / 3
  do {
    if (await caches.match('/index.html', { ignoreSearch: true }))
      return good('The app opens without a network.')
    await pause(250)
  } while (Date.now() < deadline)
  return bad('The app’s files are not on this device yet.', 'Open the app once, then check again.')
}

function clock({ aheadMs }: Machine): Verdict {
  const apart = Math.abs(aheadMs)
  if (apart < 1000) return good('This device and the machine agree to within a second.')
  const text = `This device is ${(apart / 1000).toFixed(0)} s ${aheadMs > 0 ? 'behind' : 'ahead of'} the machine.`
  if (apart <= mostApartMs) return good(text)
  return bad(text, 'Let both set their clocks by the network: Settings, Date & time, automatic.')
}

async function pairing(): Promise<Verdict> {
  if (await isPaired()) return good('This device may read.')
  return bad('This device is not paired.', 'Scan the code that npm start or npm run pair shows.')
}

/** Null when the app's worker runs; else what is in the way, a sentence. */
async function running({ workerProblem }: Machine): Promise<string | null> {
  if (workerProblem !== null) return workerProblem
  const ready = navigator.serviceWorker.ready.then(() => true)
  return (await Promise.race([ready, pause(patienceMs)])) ? null : 'It does not start.'
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

function once<T>(ask: () => Promise<T>): () => Promise<T> {
  let answer: Promise<T> | undefined
  return () => {
    answer ??= ask()
    return answer
  }
}
