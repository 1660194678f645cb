// How much of the time programs had to wait for processor, memory or disks: the kernel's pressure stall information
// (kernel document accounting/psi), which says better than any load how crowded a machine is.

import { gather, type Share } from '../gather.ts'
import type { Machine } from '../machine.ts'
import { lineOf, numbersFrom } from '../proc-text.ts'

const sources = { cpu: 'processor', memory: 'memory', io: 'disks' } as const

/** Microseconds in which some program, or all of them, waited; undefined where the kernel does not count it. */
function waited(text: string, who: 'some' | 'full'): number | undefined {
  const line = lineOf(text, `${who} `)
  return line < 0 ? undefined : numbersFrom(text, text.indexOf('total=', line), 1)[0]
}

/** Since the machine was started, in microseconds. */
const passed = (machine: Machine): number => Number.parseFloat(machine.proc('uptime') ?? '') * 1e6

export default gather({
  order: 21,
  help: 'Share of the time in which some or all programs waited for processor, memory or disks.',
  unit: '%',
  kind: 'counter',
  min: 0,
  max: 100,
  each: 'resource and how many waited',
  alerts: [
    {
      series: 'all wait for memory',
      above: 20,
      seconds: 60,
      text: 'Memory is so short that nothing gets on.',
    },
  ],
  read(machine) {
    const readings: Record<string, Share> = {}
    for (const [file, name] of Object.entries(sources)) {
      const text = machine.proc(`pressure/${file}`)
      if (text === undefined) continue
      const some = waited(text, 'some')
      // For the whole machine, that all wait for the processor has no meaning and is always 0.
      const full = file === 'cpu' ? undefined : waited(text, 'full')
      const whole = passed(machine)
      if (some !== undefined) readings[`some wait for ${name}`] = { part: some, whole }
      if (full !== undefined) readings[`all wait for ${name}`] = { part: full, whole }
    }
    return readings
  },
})
