// How large files and folders that people name are.

import { gather } from '../gather.ts'
import { sizeOf } from '../sources/file-size.ts'

/** More than these are not looked at. */
const mostPaths = 30

export default gather({
  order: 35,
  help: 'Size of files, and of folders with all that is in them, as far as we may read it.',
  unit: 'byte',
  min: 0,
  every: 60,
  each: 'path',
  options: { Paths: { default: [], help: 'Absolute paths of files and folders, separated by commas.' } },
  async read(_machine, { Paths }) {
    if (Paths.length === 0) return null
    const readings: Record<string, { value: number | null }> = {}
    // One after another: they are on the same disks.
    for (const path of Paths.slice(0, mostPaths)) readings[path] = { value: await sizeOf(path) }
    return readings
  },
})
