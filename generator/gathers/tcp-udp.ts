// How the machine's network connections fare, from /proc/net/snmp (proc_pid_net(5), RFC 1213).

import { gather } from '../gather.ts'
import { snmpCounters } from '../sources/snmp.ts'

const tcp = {
  'TCP opened': 'ActiveOpens',
  'TCP accepted': 'PassiveOpens',
  'TCP failed': 'AttemptFails',
  'TCP reset': 'EstabResets',
  'TCP received': 'InSegs',
  'TCP sent': 'OutSegs',
  'TCP sent again': 'RetransSegs',
} as const

const udp = {
  'UDP received': 'InDatagrams',
  'UDP sent': 'OutDatagrams',
  'UDP errors': 'InErrors',
} as const

export default gather({
  title: 'TCP and UDP',
  order: 29,
  help: 'Connections opened, accepted and lost, and segments and datagrams a second; sent again is what a bad line costs.',
  unit: '1/s',
  kind: 'counter',
  min: 0,
  each: 'event',
  read(machine) {
    const snmp = machine.proc('net/snmp')
    if (snmp === undefined) return null
    const readings: Record<string, number> = {}
    for (const [protocol, names] of [['Tcp', tcp] as const, ['Udp', udp] as const]) {
      const counters = snmpCounters(snmp, protocol)
      for (const [label, name] of Object.entries(names)) {
        const count = counters.get(name)
        if (count !== undefined) readings[label] = count
      }
    }
    return readings
  },
})
