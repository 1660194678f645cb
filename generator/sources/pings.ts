// How long hosts take to answer, by the system's own ping(8), which has the right to ask.

import type { Machine } from '../machine.ts'

/** Seconds until the answer by host, in the order given; null where none came. */
export type Pings = Readonly<Record<string, number | null>>

/** More hosts than these are not asked. */
export const mostHosts = 30

const patienceSeconds = 4

/** The newest answers by machine, for the category that counts what was lost. */
const newest = new WeakMap<Machine, Promise<Pings>>()

/** Asks each host once. Rejects when there is no ping, or it may not ask. */
export function pingAll(machine: Machine, hosts: readonly string[]): Promise<Pings> {
  const all = hosts.slice(0, mostHosts).map(async (host) => [host, await ping(machine, host)] as const)
  const pings = Promise.all(all).then(Object.fromEntries<number | null>)
  newest.set(machine, pings)
  return pings
}

/** What came of the pings of this round; null where nobody is asked. */
export const newestPings = (machine: Machine): Promise<Pings> | null => newest.get(machine) ?? null

async function ping(machine: Machine, host: string): Promise<number | null> {
  // A host that begins with a hyphen would be taken for an option.
  const asked = ['-n', '-c', '1', '-W', String(patienceSeconds), '--', host]
  const answer = await machine.run('ping', asked, { timeoutMs: (patienceSeconds + 1) * 1000 })
  if (answer === undefined)
    throw new Error('there is no program "ping"; on Debian: apt-get install iputils-ping')
  const milliseconds = /time[=<]([\d.]+) ?ms/.exec(answer.stdout)?.[1]
  if (milliseconds !== undefined) return Number((Number(milliseconds) / 1000).toPrecision(6))
  // 1: no answer. Anything else is ping's own trouble; that a name is unknown is the network's.
  const isUnknown = /not known|name resolution|unreachable/i.test(answer.stderr)
  if (answer.code === 1 || answer.failure !== null || isUnknown) return null
  throw new Error(answer.stderr.trim() || `ping ended with ${answer.code}`)
}
