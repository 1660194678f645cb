// Working memory and swap in use, from /proc/meminfo (proc_meminfo(5)).

import { gather, type Reading } from '../gather.ts'
import { numberAfter } from '../proc-text.ts'

function readings(
  memory: { total: number; available: number },
  swap: { total: number; free: number },
): Record<string, Reading> {
  const ram: Reading = { value: memory.total - memory.available, max: memory.total }
  return swap.total > 0
    ? { RAM: ram, swap: { value: swap.total - swap.free, max: swap.total } }
    : { RAM: ram }
}

export default gather({
  order: 4,
  help: 'Memory that programs use and could not be had for others at once; the limit is all there is.',
  unit: 'byte',
  min: 0,
  each: 'kind of memory',
  read(machine) {
    const meminfo = machine.proc('meminfo')
    if (meminfo === undefined) return null
    const bytes = (key: string): number | undefined => {
      const kilobytes = numberAfter(meminfo, `${key}:`)
      return kilobytes === undefined ? undefined : kilobytes * 1024
    }
    const of = (key: string): number => bytes(key) ?? 0
    // Before Linux 3.14 there is no estimate of what is available.
    const available = bytes('MemAvailable') ?? of('MemFree') + of('Buffers') + of('Cached')
    return readings({ total: of('MemTotal'), available }, { total: of('SwapTotal'), free: of('SwapFree') })
  },
  async fallback(si) {
    const { total, available, swaptotal, swapfree } = await si.mem()
    return readings({ total, available }, { total: swaptotal, free: swapfree })
  },
})
