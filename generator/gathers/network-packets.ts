// Packets that each network interface receives, sends and loses, from /proc/net/dev (proc_pid_net(5)).

import { gather } from '../gather.ts'
import { usedInterfaces } from '../sources/interfaces.ts'

export default gather({
  order: 27,
  help: 'Packets a second of each network interface, those that were dropped and those with errors.',
  unit: '1/s',
  kind: 'counter',
  min: 0,
  each: 'interface and fate',
  read(machine) {
    const readings: Record<string, number> = {}
    for (const { name, received, sent } of usedInterfaces(machine) ?? []) {
      readings[`${name} received`] = received.packets
      readings[`${name} sent`] = sent.packets
      readings[`${name} dropped`] = received.dropped + sent.dropped
      readings[`${name} errors`] = received.errors + sent.errors
    }
    return readings
  },
})
