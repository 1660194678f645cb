// How much of its life each flash drive has used up: memory cards tell the kernel (eMMC standard, life_time in steps of
// 10 %), other drives tell smartctl(8), which takes the rights to ask them. A sleeping drive is not woken.

import { gather, type Reading } from '../gather.ts'
import type { Machine } from '../machine.ts'

const drives = /^(sd[a-z]+|nvme\d+n1)$/
const cards = /^mmcblk\d+$/

/** Attributes by which makers of SATA drives say how much of the life is left, in percent. */
const lifeLeft = [231, 202, 233, 177, 173]

/** What we read of `smartctl --json`. */
interface Smart {
  smart_status?: { passed?: boolean }
  endurance_used?: { current_percent?: number }
  nvme_smart_health_information_log?: { percentage_used?: number }
  ata_smart_attributes?: { table?: readonly { id: number; value: number }[] }
}

function percentUsed(smart: Smart): number | undefined {
  const told =
    smart.endurance_used?.current_percent ?? smart.nvme_smart_health_information_log?.percentage_used
  if (told !== undefined) return told
  const table = smart.ata_smart_attributes?.table ?? []
  const left = lifeLeft.flatMap((id) => table.find((attribute) => attribute.id === id) ?? [])[0]
  return left && left.value <= 100 ? 100 - left.value : undefined
}

async function ofDrive(machine: Machine, name: string): Promise<Record<string, number>> {
  const asked = ['--json', '--health', '--attributes', '--nocheck=standby', `/dev/${name}`]
  const answer = await machine.run('smartctl', asked, { timeoutMs: 30_000 })
  const smart = parse(answer?.stdout)
  const turns = machine.constant(`block/${name}/queue/rotational`)?.trim() === '1'
  const used = smart && !turns ? percentUsed(smart) : undefined
  const passed = smart?.smart_status?.passed
  return {
    ...(used !== undefined && { [`${name} used`]: used }),
    ...(passed !== undefined && { [`${name} failing`]: passed ? 0 : 100 }),
  }
}

/** Without the rights, or for a sleeping drive, it says something else. */
function parse(text: string | undefined): Smart | undefined {
  return text?.startsWith('{') ? (JSON.parse(text) as Smart) : undefined
}

/** Two kinds of memory cells, `0x01 0x03` for 0 to 10 % and 20 to 30 %: the upper end of the worse counts. */
async function ofCard(machine: Machine, name: string): Promise<Record<string, number>> {
  const text = await machine.sensor(`block/${name}/device/life_time`)
  const steps = Math.max(...(text?.match(/0x[0-9a-f]+/gi) ?? []).map(Number))
  return steps > 0 ? { [`${name} used`]: Math.min(steps, 11) * 10 } : {}
}

export default gather({
  order: 30,
  help: 'How much of the life that its maker promises each flash drive has used, and whether it says that it is failing.',
  unit: '%',
  min: 0,
  every: 600,
  each: 'drive',
  alerts: [{ above: 90, text: 'A drive nears its end: look after your backups.' }],
  async read(machine) {
    const names = await machine.folder('block')
    const parts = await Promise.all([
      ...names.filter((name) => cards.test(name)).map((name) => ofCard(machine, name)),
      ...names.filter((name) => drives.test(name)).map((name) => ofDrive(machine, name)),
    ])
    const values = Object.entries(Object.assign({}, ...parts) as Record<string, number>)
    return Object.fromEntries(values.map(([label, value]): [string, Reading] => [label, { value, max: 100 }]))
  },
})
