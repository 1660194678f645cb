// One benchmark in a process of its own, so that none measures the memory and the garbage of the one before.
// Its rows go to the parent; run by hand it prints them.

import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Benchmark, BenchmarkContext } from './benchmark.ts'
import { table } from './table.ts'

// The way out that stops what was started and removes what was written.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    console.error(`  told to stop by ${signal}`)
    process.exit(1)
  })
}

const name = process.argv[2] ?? ''
const scale = Number(process.env.BENCH_SCALE ?? 1)

const context: BenchmarkContext = {
  scaled: (full, least = 1) => Math.max(least, Math.round(full * scale)),
  say: (line) => console.error(`  ${line}`),
}

const file = join(import.meta.dirname, '..', `${name}.ts`)
const { default: benchmark }: { default: Benchmark } = await import(pathToFileURL(file).href)
const rows = await benchmark.run(context)
if (process.send) process.send(rows, () => process.exit(0))
else {
  console.log(table(rows))
  process.exit(0)
}
