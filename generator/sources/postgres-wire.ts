// The few messages of PostgreSQL's protocol that it takes to sign in and to read some rows as text.
// https://www.postgresql.org/docs/current/protocol-message-formats.html

import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto'

const version3 = 196_608

/** A message: its kind (one letter; none for the first of a connection), its length, its parts. */
export function message(kind: string, ...parts: readonly (string | Buffer)[]): Buffer {
  const body = Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : part)))
  const length = Buffer.alloc(4)
  length.writeInt32BE(body.length + 4)
  return Buffer.concat([Buffer.from(kind), length, body])
}

export function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeInt32BE(value)
  return bytes
}

export const startup = (user: string, database: string): Buffer =>
  message(
    '',
    int32(version3),
    `user\0${user}\0database\0${database}\0application_name\0pocketstats\0options\0-c statement_timeout=4000\0\0`,
  )

export interface Message {
  readonly kind: string
  readonly body: Buffer
}

/** The whole messages at the start of what came so far, and what is left. */
export function takeMessages(bytes: Buffer): { messages: Message[]; rest: Buffer } {
  const messages: Message[] = []
  let at = 0
  while (bytes.length - at >= 5) {
    const end = at + 1 + bytes.readInt32BE(at + 1)
    if (end > bytes.length) break
    messages.push({ kind: String.fromCharCode(bytes[at] ?? 0), body: bytes.subarray(at + 5, end) })
    at = end
  }
  return { messages, rest: bytes.subarray(at) }
}

/** The columns of a row as text; null columns are empty. */
export function rowOf(body: Buffer): string[] {
  const columns: string[] = []
  for (let at = 2, left = body.readInt16BE(0); left > 0; left--) {
    const length = body.readInt32BE(at)
    const end = at + 4 + Math.max(0, length)
    columns.push(body.toString('utf8', at + 4, end))
    at = end
  }
  return columns
}

/** What an error says: its fields begin with a letter, M is the message. */
export const errorText = (body: Buffer): string =>
  /(?:^|\0)M([^\0]*)/.exec(body.toString('utf8'))?.[1] ?? 'an error without words'

/** The steps of SCRAM-SHA-256 (RFC 5802, RFC 7677) without channel binding. */
export class Scram {
  readonly #password: string
  readonly #nonce = randomBytes(18).toString('base64')
  #serverKey: Buffer | undefined
  #spoken = ''

  constructor(password: string) {
    this.#password = password
  }

  first(): Buffer {
    const text = `n,,${this.#bare()}`
    return message('p', 'SCRAM-SHA-256\0', int32(Buffer.byteLength(text)), text)
  }

  /** Answers the server's challenge. Throws when it is not an answer to our first message. */
  proof(challenge: string): Buffer {
    const fields = fieldsOf(challenge)
    const [nonce = '', salt = '', rounds = '0'] = [fields.get('r'), fields.get('s'), fields.get('i')]
    if (!nonce.startsWith(this.#nonce)) throw new Error('the server does not answer what was said')
    const salted = pbkdf2Sync(
      this.#password.normalize('NFKC'),
      Buffer.from(salt, 'base64'),
      Number(rounds),
      32,
      'sha256',
    )
    const clientKey = hmac(salted, 'Client Key')
    const withoutProof = `c=biws,r=${nonce}`
    this.#spoken = `${this.#bare()},${challenge},${withoutProof}`
    this.#serverKey = hmac(salted, 'Server Key')
    const signature = hmac(createHash('sha256').update(clientKey).digest(), this.#spoken)
    const proof = Buffer.from(clientKey.map((byte, index) => byte ^ (signature[index] ?? 0)))
    return message('p', `${withoutProof},p=${proof.toString('base64')}`)
  }

  /** Throws when the server does not know the password either. */
  check(final: string): void {
    const expected = this.#serverKey && hmac(this.#serverKey, this.#spoken).toString('base64')
    if (fieldsOf(final).get('v') !== expected) throw new Error('the server does not know the password')
  }

  /** The user is the one of the startup message. */
  #bare(): string {
    return `n=,r=${this.#nonce}`
  }
}

const hmac = (key: Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest()

const fieldsOf = (text: string): Map<string, string> =>
  new Map(text.split(',').map((field) => [field.slice(0, 1), field.slice(2)]))
