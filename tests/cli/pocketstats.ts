// Runs `pocketstats` as people do: a process of its own, on databases in a folder of their own.

import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { root } from '../../cli/root.ts'
import { openAppStore } from '../../store/app.ts'
import type { AppStore } from '../../store/app-types.ts'
import { openStore } from '../../store/open.ts'
import type { Point, Store } from '../../store/types.ts'

export interface Ran {
  code: number | null
  out: string
  err: string
}

export interface Installation {
  folder: string
  data: string
  app: string
  config: string
  /** Runs a command on this installation. */
  run(args: readonly string[], input?: string | Buffer): Promise<Ran>
  /** Works on its history, which is closed afterwards. */
  withStore<T>(work: (store: Store) => T): T
  withAppStore<T>(work: (appStore: AppStore) => T): T
}

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'pocketstats-cli-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** An installation of the machine "board" with nothing in it yet. */
export function install(settings = ''): Installation {
  const folder = temporaryFolder()
  const config = join(folder, 'settings.conf')
  const [data, app] = [join(folder, 'data', 'data.db'), join(folder, 'data', 'app.db')]
  mkdirSync(join(folder, 'data'))
  writeFileSync(config, `[General]\nMachineName = board\n[Server]\nPort = 0\nRestPort = 0\n${settings}`)
  return {
    folder,
    data,
    app,
    config,
    run: ([command = '', ...args], input) => runCommand([command, '--config', config, ...args], input),
    withStore: (work) => closing(openStore({ file: data }), work),
    withAppStore: (work) => closing(openAppStore({ file: app }), work),
  }
}

function closing<S extends { close(): void }, T>(store: S, work: (store: S) => T): T {
  try {
    return work(store)
  } finally {
    store.close()
  }
}

export function runCommand(args: readonly string[], input: string | Buffer = ''): Promise<Ran> {
  const env = { ...process.env, NODE_COMPILE_CACHE: join(root, '.cache', 'compiled') }
  const child = spawn(process.execPath, [join(root, 'cli', 'main.ts'), ...args], { env })
  onTestFinished(() => {
    child.kill('SIGKILL')
  })
  const said = { out: '', err: '' }
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said.out += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said.err += text
  })
  child.stdin.on('error', () => {})
  child.stdin.end(input)
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, ...said })))
}

/** All single points of a store, in an order of their own. */
export function allPoints(store: Store): Point[] {
  return store
    .projects()
    .flatMap((project) =>
      store
        .catalogue(project)
        .flatMap(({ name, firstTime, lastTime }) =>
          firstTime === null || lastTime === null
            ? []
            : [...store.points(project, name, firstTime, lastTime + 1)].flat(),
        ),
    )
    .sort((a, b) => compare(keyOf(a), keyOf(b)))
}

const keyOf = ({ project, category, label, time }: Point): string =>
  JSON.stringify([project, category, label, time])
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** Rounds of two series of the category "foo" in the project of this machine, one a second. */
export const rounds = (from: number, count: number): Point[] =>
  Array.from({ length: count }, (_, n) =>
    ['a', 'b'].map((label, i) => ({
      ...{ project: 'board', category: 'foo', label },
      time: from + n * 1000,
      value: ((n * 7 + i) % 101) / 10,
    })),
  ).flat()
