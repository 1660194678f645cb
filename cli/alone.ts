// `npm run generator` and `npm run server`: one program by itself, as small as `npm start` runs it. This process
// becomes that program, so that whoever watches over it (systemd, a container) sees no other.

import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { leanEnvironment, leanOptions } from './lean-node.ts'
import { root } from './root.ts'

const [name = '', ...args] = process.argv.slice(2)
const nodeArgs = [...leanOptions, join(root, name, 'main.ts'), ...args]
const env: NodeJS.ProcessEnv = { ...leanEnvironment, ...process.env }

if (process.execve && process.platform !== 'win32') {
  process.execve(process.execPath, [process.execPath, ...nodeArgs], env)
}
const child = spawn(process.execPath, nodeArgs, { env, stdio: 'inherit' })
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal))
child.on('exit', (code) => process.exit(code ?? 1))
