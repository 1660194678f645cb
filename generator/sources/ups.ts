// Uninterruptible power supplies as Network UPS Tools know them, asked by their own protocol of lines.
// https://networkupstools.org/docs/developer-guide.chunked/net-protocol.html (RFC 9271)

import type { Machine } from '../machine.ts'
import { shared } from './shared.ts'

export interface Ups {
  readonly name: string
  /** Variables such as `battery.charge`, as text. */
  readonly variables: ReadonlyMap<string, string>
}

const port = 3493
const mostUps = 10

const servers = new WeakMap<Machine, string>()

/**
 * All of a server's; of the one that was named last to this machine when none is given. Null where no server is named
 * and none runs here. Rejects when it cannot be asked.
 */
export function allUps(machine: Machine, server?: string): Promise<Ups[]> | null {
  if (server !== undefined) servers.set(machine, server)
  const named = servers.get(machine) ?? ''
  if (named === '' && !hasDrivers(machine)) return null
  return shared(machine, 'ups', () => ask(machine, named))
}

/** Its drivers listen on sockets in a folder of this name; without them there is nothing to ask for. */
const hasDrivers = (machine: Machine): boolean => /\/(nut|ups)\/\S+$/m.test(machine.proc('net/unix') ?? '')

async function ask(machine: Machine, server: string): Promise<Ups[]> {
  const [host = '', given] = server.split(':')
  const address = { host: host || '127.0.0.1', port: given ? Number(given) : port }
  const say = (command: string): Promise<string> =>
    machine.ask(address, `${command}\n`, { until: (text) => isWhole(text) })
  const list = async (what: string): Promise<string> => {
    const answer = await say(`LIST ${what}`)
    if (answer.startsWith('ERR ')) throw new Error(`${address.host}:${address.port}: ${answer.trim()}`)
    return answer
  }
  const names = [...(await list('UPS')).matchAll(/^UPS (\S+) /gm)].map(([, name = '']) => name)
  const asked = names.slice(0, mostUps).map(async (name) => {
    const lines = (await list(`VAR ${name}`)).matchAll(/^VAR \S+ (\S+) "((?:[^"\\]|\\.)*)"/gm)
    return { name, variables: new Map([...lines].map(([, key = '', value = '']) => [key, value])) }
  })
  return Promise.all(asked)
}

const isWhole = (text: string): boolean => /^(END LIST .*|ERR .*)\n/m.test(text)

/** A variable as a number; undefined where this one does not tell it. */
export function numberOf({ variables }: Ups, variable: string): number | undefined {
  const number = Number.parseFloat(variables.get(variable) ?? '')
  return Number.isNaN(number) ? undefined : number
}
