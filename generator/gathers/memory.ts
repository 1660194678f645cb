// Working memory and swap in use, from /proc/meminfo (proc_meminfo(5)).

import { gather, type Reading } from '../gather.ts'

/** Bytes behind a key such as `MemTotal`; undefined where the kernel has no such line. */
function bytes(meminfo: string, key: string): number | undefined {
  const start = meminfo.startsWith(`${key}:`) ? 0 : meminfo.indexOf(`\n${key}:`) + 1
  if (start === 0 && !meminfo.startsWith(`${key}:`)) return undefined
  return Number.parseInt(meminfo.slice(start + key.length + 1, start + key.length + 32), 10) * 1024
}

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
    const of = (key: string): number => bytes(meminfo, key) ?? 0
    // Before Linux 3.14 there is no estimate of what is available.
    const available = bytes(meminfo, 'MemAvailable') ?? of('MemFree') + of('Buffers') + of('Cached')
    return readings({ total: of('MemTotal'), available }, { total: of('SwapTotal'), free: of('SwapFree') })
  },
  async fallback(si) {
    const { total, available, swaptotal, swapfree } = await si.mem()
    return readings({ total, available }, { total: swaptotal, free: swapfree })
  },
})
