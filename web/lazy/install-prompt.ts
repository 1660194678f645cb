// Chromium offers to install the app by an event, once, at a moment of its own: it is kept for when the user opens the
// menu. Other browsers have menus of their own for it, and /install says where.

/** https://developer.mozilla.org/docs/Web/API/BeforeInstallPromptEvent; not in the DOM's types. */
interface InstallOffer extends Event {
  prompt(): Promise<unknown>
}

let offer: InstallOffer | null = null

/** Keeps the offer when it comes, and forgets it once it is taken. */
export function keepInstallOffer(): void {
  addEventListener('beforeinstallprompt', (event) => {
    event.preventDefault()
    offer = event as InstallOffer
  })
  addEventListener('appinstalled', () => {
    offer = null
  })
}

/** Asks the user whether to install; null where the browser offers nothing. */
export function installOffer(): (() => void) | null {
  const own = offer
  return own && (() => void own.prompt())
}
