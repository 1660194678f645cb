// Folders that a benchmark fills and that are gone when it ends, however it ends.

import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const folders = new Set<string>()
process.on('exit', () => folders.forEach(removeFolder))

/** A new, empty folder; removed with all that is in it by `removeFolder`, or when this process ends. */
export function scratchFolder(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), `pocketstats-bench-${name}-`))
  folders.add(folder)
  return folder
}

/** Removes a scratch folder before the end, where disks would fill up. */
export function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true })
  folders.delete(folder)
}

/**
 * Bytes of all files under a folder, holes in them left out and the last block not rounded up; files that vanish
 * meanwhile count nothing.
 */
export function folderBytes(folder: string): number {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  )
  return files.reduce((sum, entry) => {
    const found = statSync(join(entry.parentPath, entry.name), { throwIfNoEntry: false })
    return sum + (found ? Math.min(found.size, found.blocks * 512) : 0)
  }, 0)
}
