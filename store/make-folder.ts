// Makes a folder and those above it. Node's own recursive mkdir never returns where the kernel answers "no such
// file" for a folder whose parent exists, as in /proc.

import { existsSync, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'

/** Throws the file system's error when the folder cannot be made. */
export function makeFolder(path: string): void {
  if (existsSync(path)) return
  const parent = dirname(path)
  if (parent !== path) makeFolder(parent)
  try {
    mkdirSync(path)
  } catch (error) {
    // Another process of ours may have made it just now.
    if (!existsSync(path)) throw error
  }
}
