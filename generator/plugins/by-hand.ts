// A plugin by hand, for `pocketstats plugin run` and `plugin check`: `by-hand.ts run NAME [--watch]`, `by-hand.ts check
// [NAME]`. Reads it here and now, prints what comes out, stores nothing.

import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { Problem } from '../../common/problem.ts'
import { loadSettings } from '../../store/load-settings.ts'
import { systemClock } from '../../store/system-clock.ts'
import type { Outcome } from '../runner.ts'
import { sleep } from '../sleep.ts'
import { unitText } from '../unit.ts'
import { brokenPromises } from './check-plugin.ts'
import { allPlugins, type FoundPlugin, findPlugin } from './find-plugin.ts'
import { guardProcess } from './guard-process.ts'
import { type OpenedHere, openHere } from './open-here.ts'
import { openProgram } from './open-program.ts'
import { PluginRunner } from './plugin-runner.ts'
import { sparkline } from './sparkline.ts'
import { valueForPeople } from './value-text.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { config: { type: 'string' }, watch: { type: 'boolean' } },
})
const [what, name] = positionals
const { settings, file: settingsFile } = loadSettings(
  values.config === undefined ? [] : ['--config', values.config],
)
const stepMs = Math.round(settings.Generator.Timestep * 1000)
const mostSeries = settings.Generator.PluginSeries
/** Between the two readings that make a rate. */
const betweenMs = 1000
const sparkWidth = 40
const guard = guardProcess()

interface Open {
  opened: OpenedHere
  runner: PluginRunner
}

async function open({ entry, isBuiltIn }: FoundPlugin): Promise<Open> {
  guard.reading(entry.stem)
  if (entry.mistake !== null) throw new Problem('invalid', entry.mistake)
  const section = isBuiltIn ? 'Gather' : 'Plugin'
  const opened =
    entry.kind === 'module'
      ? await openHere(entry, section, settings)
      : { ...(await openProgram(entry, entry.version, programOptions)), series: null, options: {} }
  const { name, words, source } = opened
  const runner = new PluginRunner({
    name,
    words,
    source,
    stepMs,
    clock: systemClock,
    mostSeries,
    claim: () => true,
  })
  return { opened, runner }
}

const programOptions = {
  settings: () => ({ ...settings, disabled: [] }),
  user: undefined,
  stateFolder: join(tmpdir(), 'pocketstats-plugin-state'),
}

async function run(found: FoundPlugin): Promise<void> {
  const { opened, runner } = await open(found)
  console.log(`${opened.name}: ${found.entry.file}, every ${runner.everyMs / 1000} s`)
  if (opened.mistake !== null) console.log(`  settings: ${opened.mistake}`)
  if (values.watch) await watch(runner)
  else await readOnce(runner, found.entry.kind === 'program')
  await runner.close()
}

async function readOnce(runner: PluginRunner, isProgram: boolean): Promise<void> {
  const first = await reading(runner)
  const took = [runner.last?.seconds ?? 0]
  let outcomes = first
  // A program's first reading is what it printed while it was looked at.
  if (isPartial(first) || isProgram) {
    await sleep(isPartial(first) ? betweenMs : 0)
    outcomes = await reading(runner)
    took.push(runner.last?.seconds ?? 0)
  }
  print(outcomes)
  const times = took.map((seconds) => `${(seconds * 1000).toFixed(2)} ms`).join(', then ')
  const perDay = ((took.at(-1) ?? 0) * 86_400_000) / runner.everyMs
  console.log(`took ${times}; at its interval that is ${perDay.toFixed(perDay < 10 ? 1 : 0)} s a day`)
  if (outcomes.some(({ failure }) => failure !== null)) process.exitCode = 1
}

/** Counters have no value before their second reading. */
const isPartial = (outcomes: readonly Outcome[]): boolean =>
  outcomes.some(({ values, readings }) => values.size < Object.keys(readings).length)

const reading = (runner: PluginRunner): Promise<readonly Outcome[]> => {
  const time = systemClock.now()
  return runner.run({ grid: time, time, boot: '' })
}

function print(outcomes: readonly Outcome[]): void {
  if (outcomes.every(({ readings, failure }) => Object.keys(readings).length === 0 && failure === null)) {
    console.log('  nothing of the kind on this machine')
  }
  for (const outcome of outcomes) {
    if (outcomes.length > 1) console.log(`  ${outcome.category.name}`)
    for (const line of linesOf(outcome)) console.log(`  ${line}`)
    if (outcome.failure !== null) console.log(`  fails: ${outcome.failure}`)
  }
}

function linesOf(
  { readings, values, category }: Outcome,
  more: (label: string) => string = () => '',
): string[] {
  const labels = Object.keys(readings)
  const width = Math.min(40, Math.max(0, ...labels.map(({ length }) => length)))
  return labels.map((label) => {
    const reading = readings[label]
    const own = typeof reading === 'object' && reading.unit !== undefined ? unitText(reading.unit) : undefined
    const value = values.get(label)
    const text = value === undefined ? 'none' : valueForPeople(value, own ?? category.gather.unit)
    return `${label.padEnd(width)}  ${text.padStart(12)}  ${more(label)}`.trimEnd()
  })
}

/** Until Ctrl-C, a line a series with its newest values. */
async function watch(runner: PluginRunner): Promise<void> {
  const history = new Map<string, (number | undefined)[]>()
  let height = 0
  for (;;) {
    const outcomes = await reading(runner)
    const lines = outcomes.flatMap((outcome) => {
      for (const label of Object.keys(outcome.readings))
        remember(history, `${outcome.category.name} ${label}`, outcome.values.get(label))
      const spark = (label: string): string =>
        sparkline(history.get(`${outcome.category.name} ${label}`) ?? [])
      const title = outcomes.length > 1 ? [outcome.category.name] : []
      const failure = outcome.failure === null ? [] : [`fails: ${outcome.failure}`]
      return [...title, ...linesOf(outcome, spark), ...failure]
    })
    lines.push(`took ${((runner.last?.seconds ?? 0) * 1000).toFixed(2)} ms`)
    // A terminal is drawn over, a file is written on.
    if (process.stdout.isTTY && height > 0) process.stdout.write(`\x1b[${height}A\x1b[J`)
    console.log(lines.join('\n'))
    height = lines.length
    await sleep(runner.everyMs)
  }
}

function remember(
  history: Map<string, (number | undefined)[]>,
  key: string,
  value: number | undefined,
): void {
  history.set(key, [...(history.get(key) ?? []), value].slice(-sparkWidth))
}

async function checkAll(wanted: string | undefined): Promise<void> {
  const own = allPlugins(settings, settingsFile).filter(({ isBuiltIn }) => !isBuiltIn)
  const found = wanted === undefined ? own : [findPlugin(wanted, settings, settingsFile)]
  if (found.length === 0) console.log('there is no plugin yet: pocketstats plugin new NAME')
  for (const one of found) {
    const broken = await check(one).catch((error: Error) => [error.message])
    console.log(`${broken.length === 0 ? 'good' : 'bad '}  ${one.entry.file}`)
    for (const line of broken) console.log(`      ${line}`)
    if (broken.length > 0) process.exitCode = 1
  }
}

async function check(found: FoundPlugin): Promise<string[]> {
  const { opened, runner } = await open(found)
  const first = await reading(runner)
  await sleep(found.entry.kind === 'module' ? 100 : betweenMs)
  const second = await reading(runner)
  const { series, mistake } = opened
  const help = found.entry.kind === 'program' ? 'A program.' : opened.words.help
  const words = { ...opened.words, help }
  const everySeconds = runner.everyMs / 1000
  const broken = brokenPromises(
    { words, series, mistake, everySeconds, mostSeries },
    [first, second],
    runner.last?.seconds ?? 0,
  )
  await runner.close()
  return broken
}

try {
  if (what === 'run' && name !== undefined) await run(findPlugin(name, settings, settingsFile))
  else await checkAll(name)
  guard.exit(Number(process.exitCode ?? 0))
} catch (error) {
  console.error(
    error instanceof Problem ? `pocketstats: ${error.message}` : `pocketstats: ${(error as Error).message}`,
  )
  guard.exit(1)
}
