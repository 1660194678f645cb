// How often the kernel is at work for programs and devices, from /proc/stat (proc_stat(5)) and /proc/vmstat.

import { gather } from '../gather.ts'
import { numberAfter } from '../proc-text.ts'

const inStat = {
  'switches between programs': 'ctxt ',
  interrupts: 'intr ',
  'soft interrupts': 'softirq ',
  'programs started': 'processes ',
} as const

const inVmstat = {
  'pages asked for': 'pgfault ',
  'pages read from disk': 'pgmajfault ',
  'pages swapped in': 'pswpin ',
  'pages swapped out': 'pswpout ',
  'pages freed in the background': 'pgsteal_kswapd ',
  'pages freed while programs wait': 'pgsteal_direct ',
  'programs killed for want of memory': 'oom_kill ',
} as const

export default gather({
  order: 24,
  help: 'How often a second the kernel switches between programs, starts them, and serves devices and memory.',
  unit: '1/s',
  kind: 'counter',
  min: 0,
  each: 'event',
  alerts: [
    {
      series: 'programs killed for want of memory',
      above: 0,
      text: 'Memory was so short that a program was ended.',
    },
  ],
  read(machine) {
    const readings: Record<string, number> = {}
    const take = (text: string | undefined, keys: Readonly<Record<string, string>>): void => {
      if (text === undefined) return
      for (const [label, key] of Object.entries(keys)) {
        const count = numberAfter(text, key)
        if (count !== undefined) readings[label] = count
      }
    }
    take(machine.proc('stat'), inStat)
    take(machine.proc('vmstat'), inVmstat)
    return readings
  },
})
