// How large a file is, or a folder with all that is in it, counted without holding up anything else.

import { lstat, opendir } from 'node:fs/promises'
import { join } from 'node:path'

/** A folder with more is too expensive to count every minute. */
export const mostFiles = 50_000

interface Count {
  bytes: number
  files: number
}

interface Limit {
  /** The folder that people named. */
  top: string
  most: number
}

/**
 * Bytes of a file, or of all files below a folder, not following links and not counting what we may not read; null where
 * there is nothing. Rejects for a folder of more than `most` files.
 */
export async function sizeOf(path: string, most = mostFiles): Promise<number | null> {
  const stats = await lstat(path).catch(() => null)
  if (stats === null) return null
  if (!stats.isDirectory()) return stats.size
  const count = { bytes: 0, files: 0 }
  await add(path, count, { top: path, most })
  return count.bytes
}

async function add(folder: string, count: Count, limit: Limit): Promise<void> {
  const entries = await opendir(folder, { bufferSize: 256 }).catch(() => null)
  if (entries === null) return
  const folders: string[] = []
  for await (const entry of entries) {
    const path = join(folder, entry.name)
    if (++count.files > limit.most) {
      throw new Error(`${limit.top} has more than ${limit.most} files: name a smaller folder`)
    }
    if (entry.isDirectory()) folders.push(path)
    else if (entry.isFile()) count.bytes += (await lstat(path).catch(() => null))?.size ?? 0
  }
  for (const inner of folders) await add(inner, count, limit)
}
