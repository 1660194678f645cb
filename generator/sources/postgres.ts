// What the PostgreSQL of this machine, or one that people name, is doing, by its own statistics.
// https://www.postgresql.org/docs/current/monitoring-stats.html

import { userInfo } from 'node:os'
import type { Machine } from '../machine.ts'
import type { SocketAddress } from '../outside/ask-socket.ts'
import { listeningSocket } from './unix-sockets.ts'

export interface PostgresOptions {
  /** host, host:port, or the path of a socket; empty: the one of this machine. */
  readonly Server: string
  /** Empty: as our own user. */
  readonly User: string
  readonly Password: string
  readonly Database: string
}

const port = 5432

const known = new WeakMap<Machine, PostgresOptions>()

/** A server that happens to be here and does not let us in writes that into its log: it is left alone for an hour. */
const restMs = 3_600_000
const notBefore = new WeakMap<Machine, number>()
const letsUsIn = new WeakSet<Machine>()

/**
 * Rows of text; `options` are remembered for who asks next without any. Null where no server is named and none runs
 * here that lets us in. Rejects with the server's words.
 */
export async function askPostgres(
  machine: Machine,
  sql: string,
  options?: PostgresOptions,
): Promise<string[][] | null> {
  if (options) known.set(machine, options)
  const given = options ?? known.get(machine)
  if (!given) return null
  const address = addressOf(machine, given.Server)
  const isUnasked = given.Server === '' && given.User === ''
  if (address === null || (isUnasked && performance.now() < (notBefore.get(machine) ?? 0))) return null
  const { User: user, Password: password, Database: database } = given
  // Loaded when first needed: most machines have none.
  const { queryPostgres } = await import('./postgres-query.ts')
  try {
    const access = { address, user: user || userInfo().username, password, database }
    const rows = await queryPostgres(access, sql)
    letsUsIn.add(machine)
    return rows
  } catch (error) {
    if (!isUnasked || letsUsIn.has(machine)) throw error
    notBefore.set(machine, performance.now() + restMs)
    return null
  }
}

function addressOf(machine: Machine, server: string): SocketAddress | null {
  if (server.startsWith('/')) return { path: server }
  if (server !== '') {
    const [host = '', given] = server.split(':')
    return { host, port: given ? Number(given) : port }
  }
  const path = listeningSocket(machine, `/.s.PGSQL.${port}`)
  return path === undefined ? null : { path }
}
