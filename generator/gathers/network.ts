// Bytes that each network interface has received and sent, from /proc/net/dev (proc_pid_net(5)).

import type { Settings } from '../../common/settings.ts'
import { gather, type Reading } from '../gather.ts'

/** The loopback never leaves the machine; a container's end of a cable has a random name, and its bridge carries the same. */
const isOutside = (name: string): boolean => name !== 'lo' && !name.startsWith('veth')

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
    const table = machine.proc('net/dev')
    if (table === undefined) return null
    const max = limit(machine.settings)
    const readings: Record<string, Reading> = {}
    for (const line of table.split('\n').slice(2)) {
      const colon = line.lastIndexOf(':')
      const name = line.slice(0, colon).trim()
      if (colon < 0 || !isOutside(name)) continue
      const counters = line
        .slice(colon + 1)
        .trimStart()
        .split(/ +/, 9)
      const received = Number(counters[0])
      const sent = Number(counters[8])
      if (received + sent === 0) continue
      readings[`${name} received`] = { value: received, ...max }
      readings[`${name} sent`] = { value: sent, ...max }
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
