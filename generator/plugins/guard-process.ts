// A plugin that is read by hand shares its process with the command line: one that ends the process, or never comes back
// from a loop, would take the command with it, without a word. Here the first throws, and a thread beside ends the second.

import { Worker } from 'node:worker_threads'

/** After so long without a breath of the main thread a plugin is taken to loop for ever. */
const longestBlockMs = 5000

export interface Guard {
  /** Says which plugin is read from now on. */
  reading: (name: string) => void
  /** Ends this process in earnest. */
  exit: (code: number) => never
}

/** Refuses `process.exit` and its like from now on, and kills this process, with a word on stderr, when it blocks. */
export function guardProcess(): Guard {
  const exit = process.exit.bind(process)
  const refuse = (): never => {
    throw new Error('a plugin must not end the process (process.exit)')
  }
  Object.assign(process, { exit: refuse, abort: refuse })
  const watcher = new Worker(watching, { eval: true, workerData: longestBlockMs })
  watcher.unref()
  let name = ''
  setInterval(() => watcher.postMessage(name), 200).unref()
  return {
    exit,
    reading: (next) => {
      name = next
      watcher.postMessage(name)
    },
  }
}

// Counts its own ticks, so that a terminal that was stopped (Ctrl-Z) is not taken for a loop.
const watching = `
const { parentPort, workerData } = require('node:worker_threads')
const { writeSync } = require('node:fs')
const tickMs = 100
let ticks = 0
let name = ''
parentPort.on('message', (next) => { ticks = 0; name = next })
setInterval(() => {
  if (name === '' || ++ticks * tickMs < workerData) return
  writeSync(2, 'pocketstats: ' + name + ' blocks: has not come back within ' + workerData / 1000 + ' s (a loop without end?)\\n')
  process.kill(process.pid, 'SIGKILL')
}, tickMs)
`
