// Starts the generator under measurement and waits for what it tells.

import { fork } from 'node:child_process'
import { join } from 'node:path'
import { leanEnvironment, leanOptions } from '../../cli/lean-node.ts'
import type { GeneratorCosts, GeneratorRun } from './generator-process.ts'
import { tieToUs } from './program.ts'

export interface MeasuredGenerator {
  /** Rejects when the process ends without an answer; what it said stands on stderr. */
  costs: Promise<GeneratorCosts>
  /** Ends it before it has an answer. */
  stop(): Promise<void>
}

export function startGenerator(run: GeneratorRun): MeasuredGenerator {
  const child = fork(join(import.meta.dirname, 'generator-process.ts'), [JSON.stringify(run)], {
    execArgv: [...leanOptions],
    env: { ...leanEnvironment, ...process.env },
  })
  const { stop } = tieToUs(child)
  const { promise: costs, resolve, reject } = Promise.withResolvers<GeneratorCosts>()
  let isStopped = false
  child.on('message', resolve)
  child.on('exit', (code) => {
    if (!isStopped) reject(new Error(`the generator under measurement ended with ${code}`))
  })
  return {
    costs,
    stop() {
      isStopped = true
      return stop()
    },
  }
}

/** What a whole run costs. */
export const runGenerator = (run: GeneratorRun): Promise<GeneratorCosts> => startGenerator(run).costs
