// A certificate that people brought themselves: looked at every second, so that a renewed one is served without a
// restart; one that cannot be served leaves the old in use and is told of.

import { X509Certificate } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'
import { createSecureContext } from 'node:tls'
import type { Clock } from '../../common/clock.ts'
import { Problem } from '../../common/problem.ts'
import { isValidAt } from '../../store/certificate-files.ts'
import type { Certificates, KeyPair } from './certificates.ts'

const lookEveryMs = 1000

export interface FileCertificatesOptions {
  /** Absolute paths of PEM files: TlsCertificate with its chain, and TlsKey. */
  certificate: string
  key: string
  clock: Clock
  log: (line: string) => void
}

export class FileCertificates implements Certificates {
  readonly authority = null
  readonly #options: FileCertificatesOptions
  readonly #listeners: ((pair: KeyPair) => void)[] = []
  readonly #timer: NodeJS.Timeout
  #pair: KeyPair
  #seen: string

  /** Throws a Problem `invalid` that names the setting when the files cannot be served. */
  constructor(options: FileCertificatesOptions) {
    this.#options = options
    this.#seen = stateOf(options)
    this.#pair = readPair(options)
    const [, expired] = lifeOf(this.#pair, options)
    if (expired) options.log(`server: ${expired}`)
    this.#timer = setInterval(() => this.look(), lookEveryMs).unref()
  }

  get pair(): KeyPair {
    return this.#pair
  }

  onChange(use: (pair: KeyPair) => void): void {
    this.#listeners.push(use)
  }

  close(): void {
    clearInterval(this.#timer)
    this.#listeners.length = 0
  }

  /** Takes what changed since the last look. Never throws. */
  look(): void {
    const { log } = this.#options
    const state = stateOf(this.#options)
    if (state === this.#seen) return
    this.#seen = state
    try {
      const pair = readPair(this.#options)
      const [until, expired] = lifeOf(pair, this.#options)
      if (expired) throw new Problem('invalid', expired)
      this.#pair = pair
      log(`server: new certificate from ${this.#options.certificate}, good until ${until}`)
      for (const use of this.#listeners) use(pair)
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error)
      log(`server: the new certificate is not used, the old one stays: ${why}`)
    }
  }
}

/** Changes when one of the files does. */
function stateOf({ certificate, key }: FileCertificatesOptions): string {
  return [certificate, key].map(stampOf).join(' ')
}

function stampOf(file: string): string {
  const found = statSync(file, { throwIfNoEntry: false })
  return found ? `${found.ino} ${found.size} ${found.mtimeMs}` : 'none'
}

function readPair({ certificate, key }: FileCertificatesOptions): KeyPair {
  const pair = { cert: read('TlsCertificate', certificate), key: read('TlsKey', key) }
  try {
    createSecureContext({ ...pair, ca: [] })
    return pair
  } catch (error) {
    const why =
      error instanceof Error ? error.message.replace(/^error:[^:]*:[^:]*:[^:]*:/, '') : String(error)
    throw new Problem(
      'invalid',
      `[Server] TlsCertificate = ${certificate} and TlsKey = ${key} cannot be used: ${why}`,
    )
  }
}

function read(setting: string, file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new Problem('invalid', `[Server] ${setting} = ${file} cannot be read: ${why}`)
  }
}

/** Until when it is good, and a sentence if it is not good now. */
function lifeOf(
  { cert }: KeyPair,
  { certificate, clock }: FileCertificatesOptions,
): [string, string | undefined] {
  const leaf = new X509Certificate(cert)
  const until = leaf.validToDate.toISOString().slice(0, 10)
  const isGood = isValidAt(leaf, clock.now())
  return [
    until,
    isGood
      ? undefined
      : `${certificate} is not valid now: it is good from ${leaf.validFrom} to ${leaf.validTo}`,
  ]
}
