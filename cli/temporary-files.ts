// Files that are only a command's half-done work: gone when the process ends, however it does, unless they were made
// into something.

import { rmSync } from 'node:fs'

/** What SQLite may leave beside a database. */
const besides = ['', '-wal', '-shm', '-journal']

const files = new Set<string>()

process.on('exit', () => {
  for (const file of files) remove(file)
})

/** A name beside `path` that no other process takes; what an earlier one left there is removed. */
export function temporaryBeside(path: string, word: string): string {
  const file = `${path}.${word}-${process.pid}`
  remove(file)
  files.add(file)
  return file
}

function remove(file: string): void {
  for (const ending of besides) rmSync(`${file}${ending}`, { force: true })
}
