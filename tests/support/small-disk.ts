// A disk of a few megabytes that can really be full: a file system in memory, which only root may mount.

import { execFileSync } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, rmdirSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

export interface SmallDisk {
  folder: string
  /** Takes all the room there is, to the last byte. */
  fill(): void
  /** Gives the room back. */
  clear(): void
}

/** Whether this system lets us; tests are skipped where it does not. */
export const canMount: boolean = attempt(() => {
  const folder = mkdtempSync(join(tmpdir(), 'pocketstats-disk-'))
  try {
    mount(folder, 1)
    unmount(folder)
  } finally {
    rmdirSync(folder)
  }
})

/** Gone after the test. */
export function smallDisk(megabytes: number): SmallDisk {
  const folder = mkdtempSync(join(tmpdir(), 'pocketstats-disk-'))
  mount(folder, megabytes)
  onTestFinished(() => {
    unmount(folder)
    rmdirSync(folder)
  })
  const filler = join(folder, 'filler')
  return { folder, fill: () => fill(filler), clear: () => rmSync(filler) }
}

function fill(file: string): void {
  const descriptor = openSync(file, 'a')
  for (const size of [65_536, 4096, 1]) while (attempt(() => writeSync(descriptor, Buffer.alloc(size))));
  closeSync(descriptor)
}

function mount(folder: string, megabytes: number): void {
  const options = `size=${megabytes}m`
  execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', folder], { stdio: 'ignore' })
}

/** Also while a program that is about to end has files open. */
function unmount(folder: string): void {
  execFileSync('umount', ['-l', folder], { stdio: 'ignore' })
}

function attempt(work: () => void): boolean {
  try {
    work()
    return true
  } catch {
    return false
  }
}
