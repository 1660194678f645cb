// Safari's home-screen apps have cookies of their own. So, in Safari, the page points to an install card that the server
// makes for this device, with a code in its start address by which the app is let in; kept fresh while it is seen.

/** A code lives for a quarter of an hour; a card that is fetched at the worst moment has ten minutes left. */
const freshMs = 5 * 60_000

export function offerHandOver(): void {
  const link = document.querySelector<HTMLLinkElement>('link[rel=manifest]')
  const isInstalled = 'standalone' in navigator && navigator.standalone === true
  if (!link || isInstalled) return
  let cards = 0
  const renew = (): void => {
    link.crossOrigin = 'use-credentials'
    link.href = `/install.webmanifest?${++cards}`
  }
  renew()
  setInterval(() => document.hidden || renew(), freshMs)
  document.addEventListener('visibilitychange', () => document.hidden || renew())
}
