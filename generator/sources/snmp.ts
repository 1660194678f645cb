// The tables of /proc/net/snmp and /proc/net/netstat: a line of names and a line of numbers for each protocol
// (proc_pid_net(5)). The names are always the same, so they are taken apart once.

import { lineOf, numbersFrom } from '../proc-text.ts'

interface Heading {
  /** With the protocol before it and the line's end. */
  readonly line: string
  readonly places: ReadonlyMap<string, number>
}

const headings = new Map<string, Heading>()

/** Counters of a protocol such as `Tcp` by label, from the kernel's name for each; those that it does not have are left out. */
export function snmpCounters(
  table: string,
  protocol: string,
  wanted: Readonly<Record<string, string>>,
): Record<string, number> {
  const start = lineOf(table, `${protocol}: `)
  const heading = start < 0 ? undefined : headingAt(table, start, protocol)
  if (!heading) return {}
  const { line, places } = heading
  const values = numbersFrom(table, start + line.length + protocol.length + 1, places.size)
  const counters: Record<string, number> = {}
  for (const label in wanted) {
    const value = values[places.get(wanted[label] ?? '') ?? -1]
    if (value !== undefined) counters[label] = value
  }
  return counters
}

/** The heading that begins there, the known one where it is the same; undefined where the table ends in it. */
function headingAt(table: string, start: number, protocol: string): Heading | undefined {
  const known = headings.get(protocol)
  if (known && table.startsWith(known.line, start)) return known
  const end = table.indexOf('\n', start)
  if (end < 0) return undefined
  const names = table.slice(start + protocol.length + 2, end).split(' ')
  const heading = {
    line: table.slice(start, end + 1),
    places: new Map(names.map((name, index) => [name, index])),
  }
  headings.set(protocol, heading)
  return heading
}
