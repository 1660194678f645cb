// What went through each network interface that leads outside, from /proc/net/dev (proc_pid_net(5)).

import type { Machine } from '../machine.ts'
import { eachLine, numbersFrom } from '../proc-text.ts'
import { parsedOnce } from './parsed-once.ts'

/** Counters since the interface is there. */
export interface Traffic {
  readonly bytes: number
  readonly packets: number
  readonly errors: number
  readonly dropped: number
}

export interface Interface {
  readonly name: string
  readonly received: Traffic
  readonly sent: Traffic
}

const columns = 12

/** The loopback never leaves the machine; a container's end of a cable has a random name, and its bridge carries the same. */
const isOutside = (name: string): boolean => name !== 'lo' && !name.startsWith('veth')

/** Those that were used, in the kernel's order; undefined where there is no such table. */
export function usedInterfaces(machine: Pick<Machine, 'proc'>): readonly Interface[] | undefined {
  const table = machine.proc('net/dev')
  return table === undefined ? undefined : interfacesIn(table)
}

const interfacesIn = parsedOnce((table): readonly Interface[] => {
  const interfaces: Interface[] = []
  eachLine(table, (start, end) => {
    // Two lines of headings have no colon behind the first word; a name may have one in it.
    const colon = table.lastIndexOf(':', end)
    const name = table.slice(start, colon).trim()
    if (colon <= start || !isOutside(name)) return
    const counted = numbersFrom(table, colon + 1, columns)
    const found = { name, received: traffic(counted, 0), sent: traffic(counted, 8) }
    if (found.received.bytes + found.sent.bytes > 0) interfaces.push(found)
  })
  return interfaces
})

function traffic(counted: readonly number[], from: number): Traffic {
  const [bytes = 0, packets = 0, errors = 0, dropped = 0] = counted.slice(from, from + 4)
  return { bytes, packets, errors, dropped }
}
