// How well each wireless interface hears its access point, from /proc/net/wireless (wireless extensions, iwconfig(8)).

import { gather } from '../gather.ts'
import { eachLine } from '../proc-text.ts'

/** The kernel's scale of link quality for all present drivers (cfg80211: from -110 to -40 dBm). */
const best = 70

export default gather({
  title: 'Wi-Fi',
  order: 14,
  help: 'How well each wireless interface hears its access point; below some 40 % it gets slow.',
  unit: '%',
  min: 0,
  max: 100,
  every: 5,
  each: 'interface',
  read(machine) {
    const table = machine.proc('net/wireless')
    if (table === undefined) return null
    const readings: Record<string, number> = {}
    eachLine(table, (start, end) => {
      const [, name, quality] = /^\s*(\S+): \S+ +(\d+)/.exec(table.slice(start, end)) ?? []
      if (name !== undefined) readings[name] = Math.min(100, Math.round((100 * Number(quality)) / best))
    })
    return readings
  },
})
