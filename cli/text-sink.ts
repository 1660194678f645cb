// Where exported text goes: standard output, or a file that takes its name when all is in it. Whoever writes waits
// until it is taken, so that nothing piles up in memory.

import { createWriteStream, renameSync, statSync, type WriteStream } from 'node:fs'
import { resolve } from 'node:path'
import { Problem } from '../common/problem.ts'
import { temporaryBeside } from './temporary-files.ts'

export interface TextSink {
  /** Resolves when the text is on its way; throws a ReaderGone, or a Problem `unavailable`. */
  write(text: string): Promise<void>
  /** All was written: the file takes its name. */
  finish(): Promise<void>
}

/** Whoever read the output wants no more of it, as `head` does. */
export class ReaderGone extends Error {
  override readonly name = 'ReaderGone'
}

/** Undefined stands for standard output. Throws a Problem `conflict` where there is a file of the name. */
export function openSink(file: string | undefined, { force }: { force: boolean }): TextSink {
  if (file === undefined) return standardOutput()
  const known = statSync(file, { throwIfNoEntry: false })
  // A pipe or a device.
  if (known && !known.isFile()) return toFile(createWriteStream(file), file)
  if (known && known.size > 0 && !force) {
    throw new Problem('conflict', `${file} exists already; --force replaces it.`)
  }
  const part = temporaryBeside(resolve(file), 'part')
  return toFile(createWriteStream(part), file, () => renameSync(part, file))
}

function standardOutput(): TextSink {
  // Each write reports its own error.
  process.stdout.on('error', () => {})
  return { write: (text) => written(process.stdout, text, 'standard output'), finish: async () => {} }
}

function toFile(stream: WriteStream, file: string, done: () => void = () => {}): TextSink {
  stream.on('error', () => {})
  return {
    write: (text) => written(stream, text, file),
    async finish() {
      await written(stream, '', file)
      await new Promise<void>((resolve) => stream.close(() => resolve()))
      done()
    },
  }
}

function written(stream: NodeJS.WritableStream, text: string, name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.write(text, (error) => {
      if (!error) resolve()
      else if ('code' in error && error.code === 'EPIPE') reject(new ReaderGone())
      else reject(new Problem('unavailable', `${name} cannot be written: ${error.message}`))
    })
  })
}
