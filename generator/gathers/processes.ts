// How many programs there are and what they are at, from /proc/stat (proc_stat(5)) and /proc/loadavg.

import { gather } from '../gather.ts'
import { numberAfter, numbersFrom } from '../proc-text.ts'

export default gather({
  order: 23,
  help: 'Programs that run or wait for a disk at this moment, and the threads of all programs together.',
  unit: '',
  min: 0,
  each: 'state',
  read(machine) {
    const stat = machine.proc('stat')
    const loadavg = machine.proc('loadavg')
    if (stat === undefined || loadavg === undefined) return null
    const running = numberAfter(stat, 'procs_running ')
    const blocked = numberAfter(stat, 'procs_blocked ')
    const [threads] = numbersFrom(loadavg, loadavg.indexOf('/') + 1, 1)
    return {
      ...(running !== undefined && { running }),
      ...(blocked !== undefined && { 'wait for a disk': blocked }),
      ...(threads !== undefined && { threads }),
    }
  },
})
