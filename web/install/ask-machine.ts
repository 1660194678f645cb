// What the server says of itself and its clock, and whether this device trusts its certificate.

import type { About } from '../../common/install-wire.ts'

export interface Machine {
  about: About
  /** How far the server's clock is ahead of this device's (ms), as well as the way there lets it be known. */
  aheadMs: number
  /** The page came by https, or from this very machine, which browsers hold for as good. */
  secure: boolean
  /** This device trusts the certificate, or needs none; on plain http: https would work. */
  trusted: boolean
  /** What keeps the app's worker from being registered, a sentence; null when nothing does. */
  workerProblem: string | null
}

/** Throws when the server cannot be reached. */
export async function askMachine(): Promise<Machine> {
  const began = Date.now()
  const response = await fetch('/install/about.json', { cache: 'no-store' })
  const about = (await response.json()) as About
  const aheadMs = about.now - (began + Date.now()) / 2
  const secure = window.isSecureContext
  const workerProblem = await register(about)
  // Whoever clicked past a warning has a page that looks secure, and no worker.
  const trusted = secure ? !/certificate|SSL/i.test(workerProblem ?? '') : await isTrusted(about)
  return { about, aheadMs, secure, trusted, workerProblem }
}

async function register({ serviceWorker }: About): Promise<string | null> {
  if (!window.isSecureContext) return 'None without a secure connection.'
  if (!serviceWorker) return 'The owner has switched it off: ServiceWorker = no in settings.conf.'
  if (!('serviceWorker' in navigator)) return 'This browser has none, or not in a private window.'
  try {
    await navigator.serviceWorker.register('/sw.js')
    return null
  } catch (error) {
    return error instanceof Error ? error.message.replace(/^.*\): /, '') : String(error)
  }
}

/** Asks over https: whoever does not trust the certificate gets no answer. */
export async function isTrusted({ https }: Pick<About, 'https'>): Promise<boolean> {
  if (https === 'none') return false
  try {
    return (await fetch(`https://${location.host}/install/probe`, { cache: 'no-store', credentials: 'omit' }))
      .ok
  } catch {
    return false
  }
}

/** This page by https. A certificate that people brought speaks for a name, perhaps not the one that was called. */
export function secureAddress({ name }: Pick<About, 'name'>): string {
  const port = location.port === '' ? '' : `:${location.port}`
  return `https://${name === null ? location.host : `${name}${port}`}/install`
}
