// `npm run bench`: runs every benchmark of this folder, or those that are named, and prints one table at the end.
// A benchmark is there by being a file in this folder.

import { spawn } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { basename, join } from 'node:path'
import { nearest } from '../common/nearest.ts'
import type { Row } from './support/benchmark.ts'
import { table } from './support/table.ts'

const known = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith('.ts') && file !== basename(import.meta.filename))
  .map((file) => basename(file, '.ts'))
const names = process.argv.slice(2)
const unknown = names.find((name) => !known.includes(name))
if (unknown !== undefined) {
  const meant = nearest(unknown, known)
  fail(
    `there is no benchmark "${unknown}"${meant ? `; is "${meant}" meant?` : ''} Known are: ${known.join(', ')}`,
  )
}
if (!(Number(process.env.BENCH_SCALE ?? 1) > 0)) fail('BENCH_SCALE must be a number above 0, such as 0.05')

const rows: Row[] = []
const failed: string[] = []
for (const name of names.length > 0 ? names : known) {
  console.error(`${name} …`)
  const began = performance.now()
  const found = await runOne(name)
  console.error(`  ${found ? 'done' : 'FAILED'} after ${Math.round((performance.now() - began) / 1000)} s`)
  if (found) rows.push(...found)
  else failed.push(name)
}
if (rows.length > 0) console.log(`\n${machine()}\n\n${table(rows)}`)
if (failed.length > 0) console.error(`\nfailed: ${failed.join(', ')}`)
process.exit(failed.length > 0 ? 1 : 0)

/** The rows of one benchmark, or null when its process failed (it has said why). */
function runOne(name: string): Promise<Row[] | null> {
  const script = join(import.meta.dirname, 'support', 'run-benchmark.ts')
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [script, name], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
    let found: Row[] | null = null
    child.on('message', (message: Row[]) => {
      found = message
    })
    child.on('exit', (code, signal) => {
      if (signal) console.error(`  ended by ${signal}`)
      resolve(code === 0 ? found : null)
    })
  })
}

/** What kind of machine this is, without its name. */
function machine(): string {
  const [first] = cpus()
  const memory = Math.round(totalmem() / 2 ** 30)
  const scale = process.env.BENCH_SCALE ? `, BENCH_SCALE=${process.env.BENCH_SCALE}` : ''
  const day = new Date().toISOString().slice(0, 10)
  return `${day}, ${cpus().length} x ${first?.model}, ${memory} GiB, Node ${process.versions.node}${scale}`
}

function fail(message: string): never {
  console.error(message)
  process.exit(1)
}
