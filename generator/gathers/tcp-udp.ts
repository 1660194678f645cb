// How the machine's network connections fare, from /proc/net/snmp (proc_pid_net(5), RFC 1213) and /proc/net/netstat.

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
  'TCP damaged': 'InErrs',
  'TCP resets sent': 'OutRsts',
} as const

const extended = {
  'TCP timeouts': 'TCPTimeouts',
  'TCP accepts lost, queue full': 'ListenOverflows',
  'TCP SYN cookies': 'SyncookiesSent',
  'TCP out of order': 'TCPOFOQueue',
} as const

const ip = { 'IP received': 'InReceives', 'IP sent': 'OutRequests', 'IP forwarded': 'ForwDatagrams' } as const

const udp = {
  'UDP received': 'InDatagrams',
  'UDP sent': 'OutDatagrams',
  'UDP errors': 'InErrors',
  'UDP to nobody': 'NoPorts',
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
    const netstat = machine.proc('net/netstat') ?? ''
    return {
      ...snmpCounters(snmp, 'Tcp', tcp),
      ...snmpCounters(netstat, 'TcpExt', extended),
      ...snmpCounters(snmp, 'Udp', udp),
      ...snmpCounters(snmp, 'Ip', ip),
    }
  },
})
