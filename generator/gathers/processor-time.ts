// What the processor's time is spent on, all cores together, from the first line of /proc/stat (proc_stat(5)).

import { gather, type Share } from '../gather.ts'
import { numbersFrom } from '../proc-text.ts'

const series = [
  ...(['programs', 'low priority', 'system', 'waiting for disks', 'interrupts', 'soft interrupts'] as const),
  'stolen',
] as const

export default gather({
  order: 20,
  help: 'What the time of all cores goes into; stolen is what a virtual machine was not given.',
  unit: '%',
  kind: 'counter',
  min: 0,
  max: 100,
  series,
  read(machine) {
    const stat = machine.proc('stat')
    if (stat === undefined) return null
    const [user = 0, nice = 0, system = 0, idle = 0, iowait = 0, irq = 0, softirq = 0, steal = 0] =
      numbersFrom(stat, 0, 8)
    const whole = user + nice + system + idle + iowait + irq + softirq + steal
    const share = (part: number): Share => ({ part, whole })
    return {
      programs: share(user),
      'low priority': share(nice),
      system: share(system),
      'waiting for disks': share(iowait),
      interrupts: share(irq),
      'soft interrupts': share(softirq),
      stolen: share(steal),
    }
  },
})
