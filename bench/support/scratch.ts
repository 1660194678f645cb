// Folders that a benchmark fills and that are gone when it ends, however it ends.

import { type Dirent, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
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
 * Bytes of all files under a folder, holes in them left out and the last block not rounded up; what vanishes
 * meanwhile counts nothing.
 */
export function folderBytes(folder: string): number {
  return entriesOf(folder).reduce((sum, entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return sum + folderBytes(path)
    const found = statSync(path, { throwIfNoEntry: false })
    return sum + (found ? Math.min(found.size, found.blocks * 512) : 0)
  }, 0)
}

function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
    throw error
  }
}
