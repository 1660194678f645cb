// Keeps the app's own files on the device, so that it opens at once and without a network. Data is never kept here:
// an answer of /api that is old must not look like a new one.

import { cleanupOutdatedCaches, precacheAndRoute } from 'workbox-precaching'

declare const self: ServiceWorkerGlobalScope & {
  /** Written in by the build. */
  __WB_MANIFEST: { url: string; revision: string | null; integrity: string }[]
}

cleanupOutdatedCaches()
// The address carries what is looked at (`/?project=…&from=…`): one page for all of them.
precacheAndRoute(self.__WB_MANIFEST, { ignoreURLParametersMatching: [/./], cleanURLs: false })

// A new version waits until the page asks, for a page in use must not lose the files that it has yet to load.
self.addEventListener('message', (event) => {
  if (event.data?.type === 'SKIP_WAITING') void self.skipWaiting()
})
