// What the page /install is told of the machine before anybody is let in: how it speaks https, and what time it has.

/** The machine's own authority, somebody's certificate, or no https here (perhaps in front of us). */
export type HttpsKind = 'own' | 'files' | 'none'

export interface About {
  /** The server's clock, ms. */
  now: number
  https: HttpsKind
  /** With `own`: the authority's name in the device's list, and its SHA-256 fingerprint, `AB:CD:…`. */
  authority: { name: string; fingerprint: string } | null
  /** With `files`: the first name that the certificate speaks for. */
  name: string | null
  /** False: the owner has switched the app's worker off. */
  serviceWorker: boolean
}
