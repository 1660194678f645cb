// How many programs run or wait to run, from /proc/loadavg (proc_loadavg(5)).

import { cpus, loadavg } from 'node:os'
import { gather } from '../gather.ts'

const series = ['1 min', '5 min', '15 min'] as const

/** Above the number of cores, programs wait. */
function readings(loads: readonly number[], cores: number | undefined) {
  const [one = 0, five = 0, fifteen = 0] = loads
  const limit = cores === undefined ? {} : { max: cores }
  return {
    '1 min': { value: one, ...limit },
    '5 min': { value: five, ...limit },
    '15 min': { value: fifteen, ...limit },
  }
}

export default gather({
  order: 2,
  help: 'Programs that run or wait to run, averaged over 1, 5 and 15 minutes; the limit is the number of cores.',
  unit: '',
  min: 0,
  series,
  read(machine) {
    const loads = machine.proc('loadavg')?.split(' ', 3).map(Number)
    return loads ? readings(loads, machine.cores()) : null
  },
  fallback: () => (process.platform === 'win32' ? null : readings(loadavg(), cpus().length)),
})
