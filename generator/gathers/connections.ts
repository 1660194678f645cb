// How many network connections the machine holds, from /proc/net/snmp and /proc/net/sockstat (proc_pid_net(5)).

import { gather } from '../gather.ts'
import { lineOf, numbersFrom } from '../proc-text.ts'
import { snmpCounters } from '../sources/snmp.ts'

/** The numbers of a line such as `TCP: inuse 11 orphan 0 tw 50 alloc 11 mem 29`, in its order. */
function numbersOf(sockstat: string, protocol: string): readonly number[] {
  const line = lineOf(sockstat, `${protocol}: `)
  return line < 0 ? [] : numbersFrom(sockstat, line + protocol.length, 5)
}

export default gather({
  order: 28,
  help: 'Connections that are open, those that are about to end, and all sockets of programs.',
  unit: '',
  min: 0,
  each: 'kind',
  read(machine) {
    const sockstat = machine.proc('net/sockstat')
    if (sockstat === undefined) return null
    const [, orphaned = 0, ending = 0] = numbersOf(sockstat, 'TCP')
    const [udp = 0] = numbersOf(sockstat, 'UDP')
    const [sockets = 0] = numbersOf(sockstat, 'sockets')
    const sockstat6 = machine.proc('net/sockstat6') ?? ''
    const [tcp6] = numbersOf(sockstat6, 'TCP6')
    const [udp6] = numbersOf(sockstat6, 'UDP6')
    return {
      ...snmpCounters(machine.proc('net/snmp') ?? '', 'Tcp', { 'TCP open': 'CurrEstab' }),
      'TCP about to end': ending,
      'TCP without a program': orphaned,
      UDP: udp,
      ...(tcp6 !== undefined && { 'TCP over IPv6': tcp6 }),
      ...(udp6 !== undefined && { 'UDP over IPv6': udp6 }),
      sockets,
    }
  },
})
