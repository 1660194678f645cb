// Bytes that each network interface has received and sent, from /proc/net/dev (proc_pid_net(5)).

import type { Settings } from '../../common/settings.ts'
import { gather, type Reading } from '../gather.ts'
import { usedInterfaces } from '../sources/interfaces.ts'

/** The setting; a card's own speed would be no use, beside it all ordinary traffic is a flat line. */
function limit({ Generator: { MaxNetworkSpeed } }: Settings): { max?: number } {
  return MaxNetworkSpeed > 0 ? { max: MaxNetworkSpeed } : {}
}

export default gather({
  order: 6,
  help: 'What each network interface receives and sends.',
  unit: 'byte/s',
  kind: 'counter',
  min: 0,
  each: 'interface and direction',
  read(machine) {
    const max = limit(machine.settings)
    const readings: Record<string, Reading> = {}
    for (const { name, received, sent } of usedInterfaces(machine) ?? []) {
      readings[`${name} received`] = { value: received.bytes, ...max }
      readings[`${name} sent`] = { value: sent.bytes, ...max }
    }
    return readings
  },
  async fallback(si, machine) {
    const max = limit(machine.settings)
    const used = (await si.networkStats('*')).filter(
      ({ iface, rx_bytes, tx_bytes }) => !/^lo\d*$/.test(iface) && rx_bytes + tx_bytes > 0,
    )
    return Object.fromEntries(
      used.flatMap(({ iface, rx_bytes, tx_bytes }) => [
        [`${iface} received`, { value: rx_bytes, ...max }],
        [`${iface} sent`, { value: tx_bytes, ...max }],
      ]),
    )
  },
})
