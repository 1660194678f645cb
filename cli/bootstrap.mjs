#!/usr/bin/env node
// The first thing that `npm start`, `npm test` and `pocketstats` run, on whatever Node the machine has: installs the
// locked dependencies when they are not there (Node 24 is one of them) and hands over to the real command on Node 24.
// Plain JavaScript, because an older Node cannot run TypeScript.

import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')
/** Programs of their own; all other words are commands of `pocketstats`, which knows them. */
const programs = {
  start: 'cli/start.ts',
  test: 'cli/test.ts',
  generator: 'cli/alone.ts',
  server: 'cli/alone.ts',
  bench: 'bench/main.ts',
}

const given = process.argv.slice(2)
const isProgram = Object.hasOwn(programs, given[0] ?? '')
const target = isProgram ? programs[given[0]] : 'cli/main.ts'
const args = isProgram && target !== 'cli/alone.ts' ? given.slice(1) : given
/** What a command prints may be on its way into a file: the set-up is no part of it. */
const say = isProgram ? console.log : console.error

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
if (major < 20 || (major === 20 && minor < 19)) {
  fail(
    `Node ${process.versions.node} is too old for npm's part; 20.19 or newer is needed (Node 24 comes by itself)`,
  )
}

const node = join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
// npm passes a SIGTERM on to its shell alone: who loses that parent was told to stop.
const parent = process.ppid
let stop = () => process.exit(1)
const watch = setInterval(() => {
  if (process.ppid === parent || !process.env.npm_lifecycle_event) return
  clearInterval(watch)
  stop()
}, 200).unref()

if (!installed()) await install()
if (!existsSync(node)) fail('Node 24 was not installed; run `npm ci` and read what it says')
// What was compiled once is kept: every process starts in half the time and needs 30 MB less.
process.env.NODE_COMPILE_CACHE ??= join(root, '.cache', 'compiled')
// Commands pass over a lot of history once: a small young generation keeps what they leave behind small.
runOnNode24(node, [...(isProgram ? [] : ['--max-semi-space-size=4']), join(root, target), ...args])

/** Every package of the lock (but optional ones of other platforms) is in node_modules in the locked version. */
function installed() {
  const wanted = readLock('package-lock.json')
  const found = readLock(join('node_modules', '.package-lock.json'))
  if (!found || !existsSync(node)) return false
  return Object.entries(wanted ?? {}).every(
    ([path, { version, optional }]) => path === '' || optional || found[path]?.version === version,
  )
}

function readLock(file) {
  try {
    return JSON.parse(readFileSync(join(root, file), 'utf8')).packages
  } catch {
    return undefined
  }
}

async function install() {
  say('Setting up: installing the locked dependencies (once, about half a minute) …')
  const began = Date.now()
  const seconds = () => Math.round((Date.now() - began) / 1000)
  const progress = setInterval(() => say(`  still installing, ${seconds()} s`), 10_000)
  for (const step of [
    // Whatever the machine leaves out elsewhere (NODE_ENV=production does): the app is built here, too.
    ['ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund'],
    ['rebuild', 'node', '--ignore-scripts=false'],
  ]) {
    if ((await npm([...step, '--loglevel=error'])) !== 0) {
      fail('the dependencies could not be installed; what npm says stands above')
    }
  }
  clearInterval(progress)
  say(`  dependencies installed in ${seconds()} s`)
}

/** Exit code of npm, the one that runs us where there is one. */
function npm(npmArgs) {
  const running = process.env.npm_execpath
  return running?.endsWith('.js')
    ? run(process.env.npm_node_execpath ?? process.execPath, [running, ...npmArgs])
    : run('npm', npmArgs)
}

/** Replaces this process where Node can (22.15 and newer), so that nothing is left waiting in memory. */
function runOnNode24(node, nodeArgs) {
  if (process.execve && process.platform !== 'win32') process.execve(node, [node, ...nodeArgs], process.env)
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  const child = spawn(node, nodeArgs, { stdio: 'inherit' })
  stop = () => child.kill('SIGTERM')
  child.on('error', (error) => fail(`Node 24 could not be started: ${error.message}`))
  child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)))
}

function run(program, programArgs) {
  return new Promise((resolve) => {
    const child = spawn(program, programArgs, {
      cwd: root,
      stdio: ['inherit', isProgram ? 1 : 2, 2],
      shell: process.platform === 'win32',
    })
    child.on('error', (error) => fail(`${program} could not be started: ${error.message}`))
    child.on('exit', (code) => resolve(code ?? 1))
  })
}

function fail(message) {
  console.error(`pocketstats: ${message}`)
  process.exit(1)
}
