// How full each file system is that holds files to stay, by where it is mounted.

import { gather, type Reading } from '../gather.ts'
import { realMounts } from '../real-mounts.ts'

export default gather({
  order: 5,
  help: 'How full each mounted file system is; the limit is its size.',
  unit: 'byte',
  min: 0,
  graph: false,
  every: 10,
  each: 'mount point',
  async read(machine) {
    const mountinfo = machine.proc('self/mountinfo')
    if (mountinfo === undefined) return null
    const readings: Record<string, Reading> = {}
    const mounts = realMounts(mountinfo)
    const spaces = await Promise.all(mounts.map(({ point }) => machine.space(point)))
    for (const [index, { point }] of mounts.entries()) {
      const space = spaces[index]
      if (space && space.total > 0) readings[point] = { value: space.total - space.free, max: space.total }
    }
    return readings
  },
  async fallback(si) {
    const mounts = (await si.fsSize()).filter(({ size }) => size > 0)
    return Object.fromEntries(mounts.map(({ mount, size, used }) => [mount, { value: used, max: size }]))
  },
})
