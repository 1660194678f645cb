// Which guide a device needs, and how the page was opened.

/** Chromium's way to install at once: the event `beforeinstallprompt`. */
export interface InstallOffer extends Event {
  prompt(): Promise<{ outcome: string }>
}

export type Platform = 'android' | 'apple' | 'computer'

/** An iPad says that it is a Mac, but no Mac has a touch screen. */
export function platformOf({
  userAgent,
  maxTouchPoints = 0,
}: {
  userAgent: string
  maxTouchPoints?: number
}): Platform {
  if (/Android/.test(userAgent)) return 'android'
  if (/iPhone|iPad|iPod/.test(userAgent)) return 'apple'
  return /Macintosh/.test(userAgent) && maxTouchPoints > 1 ? 'apple' : 'computer'
}

/** Opened from the home screen, not in a browser's tab. */
export const isInstalled = (): boolean =>
  matchMedia('(display-mode: standalone), (display-mode: minimal-ui)').matches ||
  ('standalone' in navigator && navigator.standalone === true)
