// A nest: the process in which the user's modules live, so that none of them can block the generator's clock or take it
// down. What a plugin throws, prints, or tries to end is told to the generator under the plugin's name.

import { AsyncLocalStorage } from 'node:async_hooks'
import { flushCompileCache, registerHooks } from 'node:module'
import { setPriority } from 'node:os'
import { parseSettings } from '../../common/settings.ts'
import { systemClock } from '../../store/system-clock.ts'
import { checkReadings } from '../check-readings.ts'
import { readOptions } from '../gather-options.ts'
import { createMachine } from '../machine.ts'
import { Session } from '../session.ts'
import { loadModule, type PluginModule } from './load-module.ts'
import type { Part } from './measured.ts'
import type { FromNest, LoadRequest, ToNest } from './nest-protocol.ts'
import { resolveContract } from './resolve-contract.ts'
import { wordsOfError } from './words-of-error.ts'

interface Resident {
  file: string
  module: PluginModule
  session: Session
  mostSeries: number
  printed: number
}

/** A plugin that prints more between two readings is told so. */
const mostPrintedBytes = 64 * 1024
/** So many faults a second are told at most. */
const faultsASecond = 5

const longestLoadMs = 10_000

const residents = new Map<string, Resident>()
const current = new AsyncLocalStorage<string>()
const send = process.send?.bind(process)
const exit = process.exit.bind(process)
let faults = 0
let loading: Promise<void> = Promise.resolve()

registerHooks({ resolve: resolveContract })
takeOverProcess()
// Whoever loops here takes nothing from the generator.
try {
  setPriority(10)
} catch {}

const machine = createMachine({
  settings: parseSettings({ file: '', env: {} }),
  clock: systemClock,
  self: () => ({ gathers: [], rowsWritten: 0, databaseBytes: 0, processes: [] }),
})

process.on('message', (message: ToNest) => {
  if (message.do === 'load') loading = loading.then(() => load(message))
  else if (message.do === 'ping') say({ say: 'pong' })
  else if (message.do === 'read') read(message)
  else if (message.do === 'unload') void unload(message.plugin)
  else void close()
})

say({ say: 'ready' })

function say(message: FromNest): void {
  try {
    send?.(message)
  } catch {
    // Nobody listens any more.
    exit(0)
  }
}

async function load({ plugin, file, version, texts, mostSeries }: LoadRequest): Promise<void> {
  say({ say: 'loads', plugin })
  try {
    const module = await inTime(current.run(plugin, () => loadModule(file, version)))
    const { values, mistake } = readOptions(module.gather.options, texts)
    const session = new Session({ gather: module.gather, machine, options: values })
    residents.set(plugin, { file, module, session, mostSeries, printed: 0 })
    const hasStripped = loadedByNode().some((name) => name.includes('amaro'))
    if (hasStripped) flushCompileCache()
    say({ say: 'loaded', plugin, words: module.words, mistake, hasStripped })
  } catch (error) {
    say({ say: 'broken', plugin, message: await wordsOfError(error, file) })
  }
}

function inTime<T>(loading: Promise<T>): Promise<T> {
  const tooLong = new Promise<never>((_, reject) => {
    const message = `has not been loaded within ${longestLoadMs / 1000} s (an await at its top level?)`
    setTimeout(() => reject(new Error(message)), longestLoadMs).unref()
  })
  return Promise.race([loading, tooLong])
}

/** What strips types stays in memory: whoever sees it there knows that it was needed. */
const loadedByNode = (): readonly string[] =>
  (process as NodeJS.Process & { readonly moduleLoadList?: readonly string[] }).moduleLoadList ?? []

function read({ plugin, n }: { plugin: string; n: number }): void {
  const resident = residents.get(plugin)
  if (!resident) {
    say({ say: 'fails', plugin, n, message: 'it is not loaded' })
    return
  }
  const fail = async (error: unknown): Promise<void> =>
    say({ say: 'fails', plugin, n, message: await wordsOfError(error, resident.file) })
  say({ say: 'enters', plugin })
  try {
    const answer = current.run(plugin, () => resident.session.read())
    if (answer instanceof Promise) {
      say({ say: 'waits', plugin })
      answer.then((late) => answered(plugin, resident, n, late)).catch(fail)
    } else answered(plugin, resident, n, answer)
  } catch (error) {
    void fail(error)
  }
}

function answered(plugin: string, resident: Resident, n: number, answer: unknown): void {
  const failures: string[] = []
  const parts = resident.module.partsOf(answer).map((part) => checked(part, resident, failures))
  if (resident.printed > mostPrintedBytes) {
    failures.push(`prints too much: ${resident.printed} bytes since its last reading (nobody reads them)`)
  }
  resident.printed = 0
  const rss = process.memoryUsage.rss()
  say({ say: 'answers', plugin, n, parts, failure: failures[0] ?? null, rss })
}

/** Only readings that are in order, and not too many, get out. */
function checked(part: Part, { mostSeries }: Resident, failures: string[]): Part {
  const { readings, failure } = checkReadings(part.readings)
  if (failure !== null) failures.push(failure)
  const labels = Object.keys(readings)
  if (labels.length <= mostSeries) return { ...part, readings }
  failures.push(`has ${labels.length} series; ${mostSeries} are kept (setting PluginSeries)`)
  const kept = labels.slice(0, mostSeries).map((label) => [label, readings[label]])
  return { ...part, readings: Object.fromEntries(kept) }
}

async function unload(plugin: string): Promise<void> {
  const resident = residents.get(plugin)
  residents.delete(plugin)
  await current.run(plugin, () => resident?.session.close())?.catch(() => {})
  say({ say: 'unloaded', plugin })
}

async function close(): Promise<void> {
  await Promise.allSettled([...residents.values()].map(({ session }) => session.close()))
  exit(0)
}

/** What belongs to the whole process is not a plugin's to use. */
function takeOverProcess(): void {
  const fault = (error: unknown): void => {
    if (faults++ >= faultsASecond) return
    const plugin = current.getStore() ?? ''
    const file = residents.get(plugin)?.file ?? ''
    void wordsOfError(error, file).then((message) => say({ say: 'fault', plugin, message }))
  }
  setInterval(() => {
    faults = 0
  }, 1000).unref()
  process.on('uncaughtException', fault)
  process.on('unhandledRejection', fault)
  process.on('disconnect', () => exit(0))
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => {})
  const refuse = (): never => {
    throw new Error('a plugin must not end the process (process.exit)')
  }
  Object.assign(process, { send: undefined, disconnect: undefined, exit: refuse, abort: refuse })
  for (const stream of [process.stdout, process.stderr]) stream.write = swallow as typeof stream.write
}

function swallow(text: string | Uint8Array, ...more: unknown[]): boolean {
  const resident = residents.get(current.getStore() ?? '')
  if (resident) resident.printed += text.length
  for (const done of more) if (typeof done === 'function') process.nextTick(done as () => void)
  return true
}
