// How many network connections the machine holds, from /proc/net/snmp and /proc/net/sockstat (proc_pid_net(5)).

import { gather } from '../gather.ts'
import { lineOf, numbersFrom } from '../proc-text.ts'
import { snmpCounters } from '../sources/snmp.ts'

/** The numbers of a line such as `TCP: inuse 11 orphan 0 tw 50 alloc 11 mem 29`, in its order. */
function numbersOf(sockstat: string, protocol: string): readonly number[] {
  const line = lineOf(sockstat, `${protocol}: `)
  return line < 0 ? [] : numbersFrom(sockstat, line, 5)
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
    const open = snmpCounters(machine.proc('net/snmp') ?? '', 'Tcp').get('CurrEstab')
    return {
      ...(open !== undefined && { 'TCP open': open }),
      'TCP about to end': ending,
      'TCP without a program': orphaned,
      UDP: udp,
      sockets,
    }
  },
})
