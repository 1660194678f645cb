// A process of its own that prints the machine's static facts as JSON and ends: see facts.ts for why.

import si from 'systeminformation'
import type { Facts } from './facts.ts'

const [cpu, os, disks] = await Promise.all([si.cpu(), si.osInfo(), si.diskLayout()])

const cores = cpu.physicalCores || cpu.cores
const facts: Facts = {
  ...named('processor', [cpu.manufacturer, cpu.brand], `, ${cores} ${cores === 1 ? 'core' : 'cores'}`),
  ...named('system', [os.distro, os.release], `, kernel ${os.kernel}`),
  disks: Object.fromEntries(
    disks
      .filter(({ device, name }) => device !== '' && name !== '')
      .map(({ device, name }) => [device.replace('/dev/', ''), name.trim()]),
  ),
}
console.log(JSON.stringify(facts))

function named(key: 'processor' | 'system', words: readonly string[], more: string): Partial<Facts> {
  const name = words.filter((word) => word !== '').join(' ')
  return name === '' ? {} : { [key]: name + more }
}
