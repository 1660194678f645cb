// Runs the generator under measurement and waits for what it tells.

import { fork } from 'node:child_process'
import { join } from 'node:path'
import type { GeneratorCosts, GeneratorRun } from './generator-process.ts'
import { ended } from './program.ts'

/** Rejects when the process ends without an answer; what it said stands on stderr. */
export function runGenerator(run: GeneratorRun): Promise<GeneratorCosts> {
  const child = fork(join(import.meta.dirname, 'generator-process.ts'), [JSON.stringify(run)])
  ended(child)
  return new Promise((resolve, reject) => {
    child.on('message', (costs: GeneratorCosts) => resolve(costs))
    child.on('exit', (code) => reject(new Error(`the generator under measurement ended with ${code}`)))
  })
}
