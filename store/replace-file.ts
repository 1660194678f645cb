// Replaces a text file in one step: a power cut leaves the old text or the new one, never half of it.

import {
  chownSync,
  closeSync,
  fsyncSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { Problem } from '../common/problem.ts'

/** Writes `text`; owner and rights stay. Throws a Problem `unavailable` when file or folder cannot be written. */
export function replaceFile(file: string, text: string): void {
  const before = statSync(file, { throwIfNoEntry: false })
  const target = before ? realpathSync(file) : file
  const fresh = `${target}.${process.pid}.new`
  try {
    writeDurably(fresh, text, before?.mode)
    if (before) keepOwner(fresh, before)
    renameOver(fresh, target, text)
  } catch (error) {
    rmSync(fresh, { force: true })
    throw new Problem(
      'unavailable',
      `${file} cannot be written: ${error instanceof Error ? error.message : error}`,
    )
  }
}

function writeDurably(file: string, text: string, mode = 0o644): void {
  const descriptor = openSync(file, 'w', mode)
  try {
    writeFileSync(descriptor, text)
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}

/** Only root may give files away; for everybody else they are their own anyway. */
function keepOwner(file: string, { uid, gid }: { uid: number; gid: number }): void {
  try {
    chownSync(file, uid, gid)
  } catch {}
}

/** A file that is mounted by itself, as into a container, cannot be replaced, only written. */
function renameOver(fresh: string, target: string, text: string): void {
  try {
    renameSync(fresh, target)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EBUSY') throw error
    writeFileSync(target, text)
    rmSync(fresh)
  }
}
