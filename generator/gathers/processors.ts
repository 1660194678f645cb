// How busy the processor's cores are, from the ticks in /proc/stat (proc_stat(5)).

import { cpus } from 'node:os'
import { gather, type Readings, type Share } from '../gather.ts'
import { numbersFrom } from '../proc-text.ts'

/** Guest time is counted in user and nice already; waiting for a disk (iowait) is idling. */
function share(stat: string, start: number): Share {
  const [user = 0, nice = 0, system = 0, idle = 0, iowait = 0, irq = 0, softirq = 0, steal = 0] = numbersFrom(
    stat,
    start,
    8,
  )
  const part = user + nice + system + irq + softirq + steal
  return { part, whole: part + idle + iowait }
}

export default gather({
  order: 1,
  help: 'How busy the processor is: all of it, and each of its cores.',
  unit: '%',
  kind: 'counter',
  min: 0,
  max: 100,
  each: 'core',
  about: ({ processor }) => processor,
  read(machine) {
    const stat = machine.proc('stat')
    if (stat === undefined) return null
    const readings: Record<string, Share> = {}
    for (let start = 0; stat.startsWith('cpu', start); start = stat.indexOf('\n', start) + 1) {
      const blank = stat.indexOf(' ', start)
      const core = stat.slice(start + 3, blank)
      readings[core === '' ? 'total' : `core ${core}`] = share(stat, blank)
    }
    return readings
  },
  fallback() {
    const readings: Record<string, Share> = {}
    const total = { part: 0, whole: 0 }
    for (const [index, { times }] of cpus().entries()) {
      const part = times.user + times.nice + times.sys + times.irq
      readings[`core ${index}`] = { part, whole: part + times.idle }
      total.part += part
      total.whole += part + times.idle
    }
    return { total, ...readings } satisfies Readings
  },
})
