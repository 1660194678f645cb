// The monitor monitors itself: what it costs, what it writes, and how its gathers do.

import { gather, type Reading } from '../gather.ts'
import type { Machine } from '../machine.ts'

/** Bytes of a program of ours in memory; undefined when it is gone (its number may be another program's by now). */
function residentBytes(machine: Machine, { name, pid }: { name: string; pid: number }): number | undefined {
  if (!machine.proc(`${pid}/cmdline`)?.includes(`${name}/main`)) return undefined
  const kilobytes = /^VmRSS:\s*(\d+) kB$/m.exec(machine.proc(`${pid}/status`) ?? '')?.[1]
  return kilobytes === undefined ? undefined : Number(kilobytes) * 1024
}

function ofStore({ rowsWritten, databaseBytes }: ReturnType<Machine['self']>): Record<string, Reading> {
  return {
    'database size': { value: databaseBytes, unit: 'byte' },
    'rows written': { value: rowsWritten, kind: 'counter', unit: { free: 'rows/s' } },
  }
}

function ofGathers({ gathers }: ReturnType<Machine['self']>): Record<string, Reading> {
  const readings: Record<string, Reading> = {}
  for (const { name, seconds, good } of gathers) {
    readings[`${name}: time`] = { value: seconds }
    readings[`${name}: success`] = { value: good ? 1 : 0, unit: '', max: 1 }
  }
  return readings
}

export default gather({
  order: 9,
  help: 'What Pocketstats itself costs and writes, how long each gather takes, and whether it succeeds.',
  unit: 's',
  min: 0,
  graph: false,
  every: 5,
  each: 'gather, program or file',
  read(machine) {
    const self = machine.self()
    const memory: Record<string, Reading> = {}
    for (const program of self.processes) {
      const value = residentBytes(machine, program)
      if (value !== undefined) memory[`${program.name} memory`] = { value, unit: 'byte' }
    }
    return { ...memory, ...ofStore(self), ...ofGathers(self) }
  },
  fallback(_si, machine) {
    const self = machine.self()
    const memory: Reading = { value: process.memoryUsage.rss(), unit: 'byte' }
    return { 'generator memory': memory, ...ofStore(self), ...ofGathers(self) }
  },
})
