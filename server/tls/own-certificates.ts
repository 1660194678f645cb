// Looks after the machine's own certificates: made at the first start, renewed in time, and made anew when the machine
// gets an address or name that the present one does not speak for.

import { execFile } from 'node:child_process'
import { X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Clock } from '../../common/clock.ts'
import { Problem } from '../../common/problem.ts'
import { certificatePaths, covers, isValidAt } from '../../store/certificate-files.ts'
import type { Certificates, KeyPair } from './certificates.ts'
import type { IssueOrder } from './issue.ts'
import type { ServedNames } from './served-names.ts'

const day = 86_400_000
/** Renewed when it lives no longer than this. */
const renewBeforeMs = 10 * day
/** How often time and addresses are looked at; where making one failed, the next try is later. */
const lookEveryMs = 10_000
const retryAfterMs = 600_000

export interface OwnCertificatesOptions {
  /** Path of data.db: the certificates lie beside it. */
  database: string
  machine: string
  /** What the machine is called and where it is, at present. */
  served: () => ServedNames
  clock: Clock
  log: (line: string) => void
  /** Makes the files; a process of its own if left out. */
  issue?: (order: IssueOrder) => Promise<void>
}

interface Held {
  pair: KeyPair
  certificate: X509Certificate
  authority: string
}

export class OwnCertificates implements Certificates {
  readonly #options: OwnCertificatesOptions
  readonly #listeners: ((pair: KeyPair) => void)[] = []
  #held: Held
  #timer: NodeJS.Timeout | undefined
  /** What the last one was asked to speak for: an authority need not be permitted all of it. */
  #askedFor = ''
  /** By the monotonic clock. */
  #notBefore = Number.NEGATIVE_INFINITY
  #isBusy = false

  /** Those that lie there, or new ones. Throws a Problem `unavailable` when none can be made. */
  static async open(options: OwnCertificatesOptions): Promise<OwnCertificates> {
    const found = readHeld(options.database)
    if (found && isValidAt(found.certificate, options.clock.now())) return new OwnCertificates(options, found)
    const served = options.served()
    await order(options, served)
    const made = readHeld(options.database)
    if (!made) throw new Problem('unavailable', `${certificatePaths(options.database).folder} cannot be read`)
    return new OwnCertificates(options, made, keyOf(served))
  }

  private constructor(options: OwnCertificatesOptions, held: Held, askedFor = '') {
    this.#options = options
    this.#held = held
    this.#askedFor = askedFor
    this.#timer = setInterval(() => void this.look(), lookEveryMs).unref()
    void this.look()
  }

  get pair(): KeyPair {
    return this.#held.pair
  }

  get authority(): string {
    return this.#held.authority
  }

  onChange(use: (pair: KeyPair) => void): void {
    this.#listeners.push(use)
  }

  close(): void {
    clearInterval(this.#timer)
    this.#listeners.length = 0
  }

  /** Makes a new certificate when it is time. Never throws. */
  async look(): Promise<void> {
    const { clock, log } = this.#options
    const served = this.#options.served()
    if (this.#isBusy || clock.monotonic() < this.#notBefore || !this.#isDue(served)) return
    this.#isBusy = true
    try {
      await order(this.#options, served)
      this.#askedFor = keyOf(served)
      this.#take(served)
    } catch (error) {
      this.#notBefore = clock.monotonic() + retryAfterMs
      log(`server: the certificate cannot be renewed: ${error instanceof Error ? error.message : error}`)
    }
    this.#isBusy = false
  }

  #isDue(served: ServedNames): boolean {
    const now = this.#options.clock.now()
    const { certificate } = this.#held
    if (!isValidAt(certificate, now) || !isValidAt(certificate, now + renewBeforeMs)) return true
    return keyOf(served) !== this.#askedFor && !covers(certificate, served)
  }

  #take(served: ServedNames): void {
    const held = readHeld(this.#options.database)
    if (!held) throw new Error(`${certificatePaths(this.#options.database).folder} cannot be read`)
    this.#held = held
    this.#options.log(
      `server: new certificate for ${held.certificate.subjectAltName?.replace(/DNS:|IP Address:/g, '')}`,
    )
    if (!covers(held.certificate, served)) {
      this.#options.log(
        'server: the authority was made before some name or address and may not speak for it: docs/https.md',
      )
    }
    for (const use of this.#listeners) use(held.pair)
  }
}

/** What lies there, if it fits together. */
function readHeld(database: string): Held | undefined {
  const paths = certificatePaths(database)
  try {
    const text = readFileSync(paths.server, 'utf8')
    const authority = readFileSync(paths.authority, 'utf8')
    const certificate = new X509Certificate(text)
    return certificate.verify(new X509Certificate(authority).publicKey)
      ? { pair: { key: text, cert: text }, certificate, authority }
      : undefined
  } catch {
    return undefined
  }
}

const keyOf = ({ names, addresses }: ServedNames): string => [...names, ...addresses].join(' ')

function order(
  { database, machine, clock, issue = issueInProcess }: OwnCertificatesOptions,
  served: ServedNames,
): Promise<void> {
  return issue({ database, machine, now: clock.now(), ...served })
}

const program = join(import.meta.dirname, 'issue-main.ts')
const patienceMs = 30_000

function issueInProcess(order: IssueOrder): Promise<void> {
  return new Promise((resolve, reject) => {
    execFile(
      process.execPath,
      [program, JSON.stringify(order)],
      { timeout: patienceMs },
      (error, _out, said) => {
        if (error)
          reject(new Problem('unavailable', `no certificate could be made: ${said.trim() || error.message}`))
        else resolve()
      },
    )
  })
}
