// The tables of /proc/net/snmp and /proc/net/netstat: a line of names and a line of numbers for each protocol
// (proc_pid_net(5)). The names are always the same, so they are taken apart once.

import { lineOf, numbersFrom } from '../proc-text.ts'

const headings = new Map<string, ReadonlyMap<string, number>>()
const mostHeadings = 100

/** Counters of a protocol such as `Tcp` by label, from the kernel's name for each; those that it does not have are left out. */
export function snmpCounters(
  table: string,
  protocol: string,
  wanted: Readonly<Record<string, string>>,
): Record<string, number> {
  const start = lineOf(table, `${protocol}: `)
  const end = table.indexOf('\n', start)
  if (start < 0 || end < 0) return {}
  const places = placesIn(table.slice(start + protocol.length + 2, end))
  const values = numbersFrom(table, end + protocol.length + 2, places.size)
  const counters: Record<string, number> = {}
  for (const label in wanted) {
    const value = values[places.get(wanted[label] ?? '') ?? -1]
    if (value !== undefined) counters[label] = value
  }
  return counters
}

/** Where each name stands. */
function placesIn(heading: string): ReadonlyMap<string, number> {
  const known = headings.get(heading)
  if (known) return known
  const places = new Map(heading.split(' ').map((name, index) => [name, index]))
  if (headings.size < mostHeadings) headings.set(heading, places)
  return places
}
