// What serves https needs of whoever looks after the certificates: the pair in use, and to be told of the next.

export interface KeyPair {
  /** PEM; the certificate may have its chain behind it. */
  key: string
  cert: string
}

export interface Certificates {
  /** The pair to serve with now. */
  readonly pair: KeyPair
  /** The authority that phones are to install, PEM; null where people brought their own certificate. */
  readonly authority: string | null
  /** Calls `use` with each new pair. */
  onChange(use: (pair: KeyPair) => void): void
  /** Stops looking after them. */
  close(): void
}
