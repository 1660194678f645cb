// The monitor monitors itself: what it costs, what it writes, and how its gathers do.

import { gather, type Reading } from '../gather.ts'
import type { Machine } from '../machine.ts'

type Rows = Record<string, Reading>

/** In the order of their rows, however late one is started. */
const programs = ['generator', 'server']

/** Bytes of a program of ours in memory; undefined when it is gone (its number may be another program's by now). */
function residentBytes(machine: Machine, { name, pid }: { name: string; pid: number }): number | undefined {
  if (!machine.proc(`${pid}/cmdline`)?.includes(`${name}/main`)) return undefined
  const kilobytes = /^VmRSS:\s*(\d+) kB$/m.exec(machine.proc(`${pid}/status`) ?? '')?.[1]
  return kilobytes === undefined ? undefined : Number(kilobytes) * 1024
}

function ofPrograms(machine: Machine, { processes }: ReturnType<Machine['self']>): Rows {
  const rows: Rows = {}
  for (const name of programs) {
    const program = processes.find((running) => running.name === name)
    const value = program && residentBytes(machine, program)
    rows[`${name} memory`] = { value: value ?? null, unit: 'byte' }
  }
  return rows
}

function ofStore({ rowsWritten, databaseBytes }: ReturnType<Machine['self']>): Rows {
  return {
    'database size': { value: databaseBytes, unit: 'byte' },
    'rows written': { value: rowsWritten, kind: 'counter', unit: { free: 'rows/s' } },
  }
}

function ofGathers({ gathers }: ReturnType<Machine['self']>): Rows {
  const rows: Rows = {}
  for (const { name, last } of gathers) {
    rows[`${name}: time`] = { value: last?.seconds ?? null }
    rows[`${name}: success`] = { value: last && Number(last.good), unit: '', max: 1 }
  }
  return rows
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
    return { ...ofPrograms(machine, self), ...ofStore(self), ...ofGathers(self) }
  },
  fallback(_si, machine) {
    const self = machine.self()
    const memory: Reading = { value: process.memoryUsage.rss(), unit: 'byte' }
    return { 'generator memory': memory, ...ofStore(self), ...ofGathers(self) }
  },
})
