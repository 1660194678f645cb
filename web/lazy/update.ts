// The installed app's own updates: a new version is fetched in the background, waits, and is taken when the user says
// so, because a page in use must not lose the files that it has yet to load.

import { Workbox } from 'workbox-window'

/** A page that stays open looks for a new version this often (ms). */
const lookEveryMs = 60 * 60_000

export interface Updates {
  /** Lets the waiting version take over; the page is loaded anew. */
  take: () => void
  /** Looks for a new version now. */
  look: () => void
}

/** Registers the service worker; `ready` is called when a new version waits. */
export function watchForUpdates(ready: () => void): Updates {
  const workbox = new Workbox('/sw.js')
  workbox.addEventListener('waiting', ready)
  // Another tab has taken the update: the files that this page has yet to load are gone.
  workbox.addEventListener('controlling', ({ isUpdate, isExternal }) => {
    if (isUpdate || isExternal) location.reload()
  })
  // Where the browser refuses, or nobody is there, the app works without it.
  const registered = workbox.register().catch(() => undefined)
  const look = (): void => void workbox.update().catch(() => {})
  setInterval(look, lookEveryMs)
  return { look, take: () => void registered.then(takeWaiting) }
}

/** A page that no worker controls yet hears nothing of the change, so the worker itself is asked. */
function takeWaiting(registration: ServiceWorkerRegistration | undefined): void {
  const waiting = registration?.waiting
  if (!waiting) {
    location.reload()
    return
  }
  waiting.addEventListener('statechange', () => {
    if (waiting.state === 'activated') location.reload()
  })
  waiting.postMessage({ type: 'SKIP_WAITING' })
}
