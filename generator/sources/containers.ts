// What the running containers use, told by Docker or Podman through their socket.
// https://docs.docker.com/reference/api/engine/version/v1.41/#tag/Container/operation/ContainerStats

import type { Machine } from '../machine.ts'
import { shared } from './shared.ts'
import { listeningSocket } from './unix-sockets.ts'

export interface Container {
  readonly name: string
  /** Processor time since its start, in nanoseconds of one core. */
  readonly processorNs: number | undefined
  /** Without the files that the kernel keeps for it and would give up. */
  readonly memoryBytes: number | undefined
  /** What it may use. */
  readonly memoryLimitBytes: number | undefined
}

/** The first of a longer list, by name. */
export const mostContainers = 50

const sockets = ['/docker.sock', '/podman.sock']

/** Null where neither Docker nor Podman runs, or we may not ask. Rejects when it answers with an error. */
export function runningContainers(machine: Machine): Promise<Container[] | null> | null {
  const socket = sockets.map((ending) => listeningSocket(machine, ending)).find((path) => path !== undefined)
  return socket === undefined ? null : shared(machine, 'containers', () => ask(machine, socket))
}

interface Listed {
  Id: string
  Names?: readonly string[]
}

/** What we read of the answer; which parts are there depends on the kernel. */
interface Stats {
  cpu_stats?: { cpu_usage?: { total_usage?: number } }
  memory_stats?: {
    usage?: number
    limit?: number
    stats?: { inactive_file?: number; total_inactive_file?: number }
  }
}

async function ask(machine: Machine, socket: string): Promise<Container[] | null> {
  const get = async (path: string): Promise<unknown> => {
    const { status, text } = await machine.fetch(`http://localhost${path}`, { socket })
    // A container that has just ended.
    if (status === 404) return undefined
    if (status !== 200) throw new Error(`${socket}: answered ${path} with ${status}`)
    return JSON.parse(text)
  }
  const listed = await get('/containers/json').catch(nullWhereForbidden)
  if (!Array.isArray(listed)) return null
  const containers = (listed as Listed[])
    .map(({ Id, Names }) => ({ id: Id, name: Names?.[0]?.replace(/^\//, '') ?? Id.slice(0, 12) }))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .slice(0, mostContainers)
  const stats = await Promise.all(
    containers.map(({ id }) => get(`/containers/${id}/stats?stream=false&one-shot=true`)),
  )
  return containers.flatMap(({ name }, index) => {
    const one = stats[index]
    return one === undefined ? [] : [{ name, ...use(one as Stats) }]
  })
}

function nullWhereForbidden(error: Error): null {
  if (error.message.includes('EACCES')) return null
  throw error
}

/** As `docker stats` counts memory: version 1 of control groups names what is inactive otherwise. */
function use({ cpu_stats, memory_stats = {} }: Stats): Omit<Container, 'name'> {
  const { usage, limit, stats = {} } = memory_stats
  const inactive = stats.total_inactive_file ?? stats.inactive_file ?? 0
  return {
    processorNs: cpu_stats?.cpu_usage?.total_usage,
    memoryBytes: usage === undefined ? undefined : Math.max(0, usage - inactive),
    memoryLimitBytes: limit,
  }
}
