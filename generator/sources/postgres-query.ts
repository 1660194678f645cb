// Asks a PostgreSQL server one question and hangs up. Signing in: as whom the system knows us (peer, trust), or with a
// password that never travels (SCRAM-SHA-256).

import { createConnection } from 'node:net'
import type { SocketAddress } from '../outside/ask-socket.ts'
import { errorText, type Message, message, rowOf, Scram, startup, takeMessages } from './postgres-wire.ts'

export interface PostgresAccess {
  readonly address: SocketAddress
  readonly user: string
  readonly password: string
  readonly database: string
}

const patienceMs = 5000
const mostBytes = 1 << 20

/** All rows of all statements, each as the text of its columns. Rejects with the server's words, or ours after 5 s. */
export function queryPostgres(access: PostgresAccess, sql: string): Promise<string[][]> {
  const { address, user, database } = access
  const name = 'path' in address ? address.path : `${address.host}:${address.port}`
  return new Promise((resolve, reject) => {
    const socket = createConnection(address)
    const fail = (why: string): void => {
      clearTimeout(timer)
      socket.destroy()
      reject(new Error(`${name}: ${why}`))
    }
    const timer = setTimeout(() => fail(`has not answered within ${patienceMs / 1000} s`), patienceMs)
    const conversation = new Conversation(access.password, sql)
    let rest: Buffer = Buffer.alloc(0)
    socket.on('connect', () => socket.write(startup(user, database)))
    socket.on('data', (chunk: Buffer) => {
      const taken = takeMessages(Buffer.concat([rest, chunk]))
      rest = taken.rest
      if (rest.length > mostBytes) return fail('answered with too much')
      try {
        for (const one of taken.messages) {
          const answer = conversation.next(one)
          if (answer) socket.write(answer)
        }
      } catch (error) {
        return fail(error instanceof Error ? error.message : String(error))
      }
      if (!conversation.isOver) return
      clearTimeout(timer)
      socket.end(message('X'))
      resolve(conversation.rows)
    })
    socket.on('error', (error) => fail(error.message))
    socket.on('close', () => fail('has hung up'))
  })
}

/** What the server asks for when a connection begins (message R). */
const signIn = { done: 0, sasl: 10, saslContinues: 11, saslEnds: 12 } as const

class Conversation {
  readonly rows: string[][] = []
  isOver = false
  readonly #sql: string
  readonly #scram: Scram
  #isAsked = false

  constructor(password: string, sql: string) {
    this.#scram = new Scram(password)
    this.#sql = sql
  }

  /** What is to be said to a message of the server. Throws its error. */
  next({ kind, body }: Message): Buffer | undefined {
    if (kind === 'E') throw new Error(errorText(body))
    if (kind === 'R') return this.#signIn(body.readInt32BE(0), body.toString('utf8', 4))
    if (kind === 'D') this.rows.push(rowOf(body))
    if (kind !== 'Z') return undefined
    this.isOver = this.#isAsked
    if (this.#isAsked) return undefined
    this.#isAsked = true
    return message('Q', `${this.#sql}\0`)
  }

  #signIn(wanted: number, said: string): Buffer | undefined {
    if (wanted === signIn.done) return undefined
    if (wanted === signIn.sasl) return this.#scram.first()
    if (wanted === signIn.saslContinues) return this.#scram.proof(said)
    if (wanted === signIn.saslEnds) {
      this.#scram.check(said)
      return undefined
    }
    throw new Error('wants a password in a form that is not safe; use scram-sha-256 in its pg_hba.conf')
  }
}
