// The installed app's own updates: a new version is fetched in the background, waits, and is taken when the user says
// so, because a page in use must not lose the files that it has yet to load. What keeps a version from coming is said,
// and whatever is tapped then leads out of it.

import { Workbox } from 'workbox-window'
import { keepInstallOffer } from './install-prompt.ts'
import { whatAnswers } from './what-answers.ts'

/** A page that stays open looks for a new version this often (ms). */
const lookEveryMs = 60 * 60_000
/** A worker that was told to take over and does not (ms): the page is loaded anew all the same. */
const patienceMs = 4000

export interface UpdatesOptions {
  /** A new version can be taken. */
  ready: () => void
  /** Why the server's version does not come, in a sentence; null: all is well again. */
  stuck: (sentence: string | null) => void
}

export interface Updates {
  /** Takes the version that waits, or does what may bring one; the page is loaded anew. */
  take: () => void
  /** Looks for a new version now. */
  look: () => void
  /** The server serves another build than this page is of: newer or older, it is the one that fits. */
  differ: () => void
}

const incomplete = 'The server’s new version of this app is not complete yet. This one goes on working.'
const foreign = 'This app cannot be brought up to date: something else answers in the server’s place.'

/** Registers the service worker and watches over it. */
export function watchForUpdates(options: UpdatesOptions): Updates {
  keepInstallOffer()
  // On plain http there is none: another build is there as soon as the page is loaded anew.
  if (!('serviceWorker' in navigator))
    return { look: () => {}, differ: options.ready, take: () => location.reload() }
  return watchWorker(options)
}

function watchWorker({ ready, stuck }: UpdatesOptions): Updates {
  const workbox = new Workbox('/sw.js')
  workbox.addEventListener('waiting', () => {
    stuck(null)
    ready()
  })
  // Another tab has taken the update: the files that this page has yet to load are gone.
  workbox.addEventListener('controlling', ({ isUpdate, isExternal }) => {
    if (isUpdate || isExternal) location.reload()
  })
  // Where the browser refuses, or nobody is there, the app works without it.
  const registered = workbox.register().catch(() => undefined)
  registered.then(async (worker) => {
    if (!worker && (await whatAnswers('/sw.js')) === 'a stranger') stuck(foreign)
  })

  const fetchNew = async (differs: boolean): Promise<ServiceWorker | null> => {
    const worker = await registered
    if (!worker) {
      if (differs) ready()
      return null
    }
    const reason = await bringUp(worker)
    const isBroken = reason === foreign || (differs && reason !== null)
    stuck(isBroken ? reason : null)
    if (differs && reason === null) ready()
    return worker.waiting
  }
  const take = async (): Promise<void> => {
    const waiting = (await registered)?.waiting ?? (await fetchNew(true))
    if (waiting) takeOver(waiting)
    else if ((await whatAnswers('/sw.js')) === 'the server') reloadOnce()
  }
  setInterval(() => void fetchNew(false), lookEveryMs)
  return { look: () => void fetchNew(false), differ: () => void fetchNew(true), take: () => void take() }
}

/** Has the browser look for another worker. Null: there is none, or it waits; else why it cannot come. */
async function bringUp(worker: ServiceWorkerRegistration): Promise<string | null> {
  try {
    await worker.update()
  } catch {
    const who = await whatAnswers('/sw.js')
    if (who === 'nobody') return null
    return who === 'a stranger' ? foreign : incomplete
  }
  const fresh = worker.installing
  return fresh && (await outcomeOf(fresh)) === 'redundant' ? incomplete : null
}

const outcomeOf = (worker: ServiceWorker): Promise<ServiceWorkerState> =>
  new Promise((resolve) => {
    const look = (): void => {
      if (worker.state !== 'installing') resolve(worker.state)
    }
    worker.addEventListener('statechange', look)
    look()
  })

/** A page that no worker controls yet hears nothing of the change, so the worker itself is asked. */
function takeOver(waiting: ServiceWorker): void {
  waiting.addEventListener('statechange', () => {
    if (waiting.state === 'activated') location.reload()
  })
  setTimeout(() => location.reload(), patienceMs)
  waiting.postMessage({ type: 'SKIP_WAITING' })
}

/** Where loading anew has not helped, the page forgets what it kept: see guard.ts. */
function reloadOnce(): void {
  const [before, now] = [sessionStorage.getItem('reloaded'), String(Date.now())]
  sessionStorage.setItem('reloaded', now)
  if (before !== null && Number(now) - Number(before) < 60_000) dispatchEvent(new Event('afresh'))
  else location.reload()
}
