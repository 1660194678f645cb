// The tables of /proc/net/snmp: a line of names and a line of numbers for each protocol (proc_pid_net(5)).

import { lineOf } from '../proc-text.ts'

/** Counters of a protocol such as `Tcp` by the kernel's names; empty where it has none. */
export function snmpCounters(snmp: string, protocol: string): ReadonlyMap<string, number> {
  const start = lineOf(snmp, `${protocol}: `)
  if (start < 0) return new Map()
  const [heading = '', values = ''] = snmp.slice(start).split('\n', 2)
  const numbers = values.split(' ')
  return new Map(
    heading
      .split(' ')
      .slice(1)
      .map((name, index) => [name, Number(numbers[index + 1])]),
  )
}
