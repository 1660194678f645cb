// Runs one program of the set-up or of the tests to its end, its output going where ours goes.

import { spawn } from 'node:child_process'
import { root } from './root.ts'

/** Exit code of `node SCRIPT ARGS`, or of any program when `script` is absolute and `program` is given. */
export function runProgram(
  program: string,
  args: readonly string[],
  { env = process.env, quiet = false }: { env?: NodeJS.ProcessEnv; quiet?: boolean } = {},
): Promise<{ code: number; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd: root,
      env,
      stdio: ['ignore', quiet ? 'pipe' : 'inherit', quiet ? 'pipe' : 'inherit'],
    })
    let output = ''
    const collect = (chunk: Buffer): void => {
      output += chunk.toString()
    }
    child.stdout?.on('data', collect)
    child.stderr?.on('data', collect)
    child.on('error', reject)
    child.on('exit', (code) => resolve({ code: code ?? 1, output }))
  })
}
