// What twenty plugins of one's own cost in memory: the generator by itself, and with the process that runs them.

import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { benchmark } from './support/benchmark.ts'
import { startRealGenerator } from './support/real-generator.ts'
import { scratchFolder } from './support/scratch.ts'
import { residentBytes } from './support/server-process.ts'

const plugins = 20
const warmSeconds = 45

/** The smallest useful plugin, with a name of its own. */
const plugin = (number: number): string => `import { gather } from 'pocketstats/gather'

export default gather({
  help: 'Files that programs have open, number ${number}.',
  unit: '',
  series: ['open'],
  read: (machine) => ({ open: Number.parseInt(machine.proc('sys/fs/file-nr') ?? '', 10) }),
})
`

export default benchmark({
  help: 'resident memory of the generator with twenty plugins',
  async run(context) {
    const folder = scratchFolder('plugins')
    const running = await startRealGenerator(folder)
    for (let number = 1; number <= plugins; number++) {
      writeFileSync(join(folder, 'plugins', `plugin-${number}.ts`), plugin(number))
    }
    await pause(context.scaled(warmSeconds, 5) * 1000)
    const own = residentBytes(running.pid)
    const children = childrenOf(running.pid)
    const others = children.reduce((sum, pid) => sum + residentBytes(pid), 0)
    const to = Date.now() - 2000
    await running.stop()
    const { series } = running.stored(to - 5000, to, (category) => category.startsWith('plugin '))
    if (series !== plugins) throw new Error(`${series} of ${plugins} plugins had points`)
    context.say(`${plugins} plugins in ${children.length} process(es) beside the generator`)
    return [
      {
        what: `resident memory of the generator with ${plugins} plugins`,
        unit: 'MB',
        ours: own / 1e6,
        atLeast: { value: 100 },
        want: { value: 80 },
      },
      {
        what: 'the same with the processes that run the plugins',
        unit: 'MB',
        ours: (own + others) / 1e6,
      },
    ]
  },
})

/** See proc_pid_task(5). */
function childrenOf(pid: number): number[] {
  const text = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8')
  return text.split(' ').filter(Boolean).map(Number)
}
