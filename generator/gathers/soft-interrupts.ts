// What the kernel does after interrupts, by kind, from the line softirq of /proc/stat (proc_stat(5)): a machine that drowns
// in packets or timers shows it here.

import { gather } from '../gather.ts'
import { lineOf, numbersFrom } from '../proc-text.ts'

/** In the kernel's order, behind the sum of all (include/linux/interrupt.h). */
const kinds = [
  ...(['urgent tasks', 'timers', 'packets sent', 'packets received', 'disks'] as const),
  ...(['polling of disks', 'tasks', 'scheduling', 'precise timers', 'RCU'] as const),
] as const

export default gather({
  order: 24,
  help: 'What the kernel does after interrupts, by kind, so many times a second.',
  unit: '1/s',
  kind: 'counter',
  min: 0,
  each: 'kind',
  read(machine) {
    const stat = machine.proc('stat') ?? ''
    const line = lineOf(stat, 'softirq ')
    if (line < 0) return null
    const [, ...counts] = numbersFrom(stat, line, kinds.length + 1)
    return Object.fromEntries(counts.map((count, index) => [kinds[index] ?? '', count]))
  },
})
