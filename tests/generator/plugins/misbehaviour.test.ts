import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { moduleOf, pluginRig, soon } from '../support/plugin-rig.ts'

const forever = 'for (;;);'
const when = (condition: string, then: string) => `read() { if (++n ${condition}) { ${then} } return { n } }`

/** What each does, and what its card says of it. */
const bad: Record<string, [text: string, says: RegExp]> = {
  'loops.js': [
    moduleOf(when('> 2', forever)),
    /blocks: has not come back within 2 s|has not answered within/,
  ],
  'loops-later.js': [
    moduleOf(
      `async read() { if (++n > 2) { await new Promise((r) => setTimeout(r, 1)); ${forever} } return { n } }`,
    ),
    /blocks: has not come back within 2 s|has not answered within/,
  ],
  'loops-at-import.js': [forever, /blocks: has not come back within 2 s/],
  'exits.js': [moduleOf(when('> 2', 'process.exit(0)')), /must not end the process .*\(exits\.js:7\)/],
  'exits-later.js': [
    moduleOf(when('> 2', 'setTimeout(() => process.exit(0), 5)')),
    /must not end the process/,
  ],
  'throws.js': [moduleOf(when('> 2', "throw 'nothing'")), /threw "nothing", which is no Error/],
  'rejects.js': [moduleOf(when('> 2', "void Promise.reject('lost')")), /threw "lost", which is no Error/],
  'dies.js': [moduleOf(when('> 2', "process.kill(process.pid, 'SIGKILL')")), /ended its process \(SIGKILL\)/],
  'leaks.js': [
    moduleOf('read() { (globalThis.kept ??= []).push(Buffer.alloc(4e7, 1)); return { n: ++n } }'),
    /takes more than 128 MiB of memory/,
  ],
  'grows.js': [
    moduleOf(when('> 2', 'for (const kept = [];;) kept.push({ n })')),
    /more (memory|than 128 MiB)|has not answered/,
  ],
  'many.js': [
    moduleOf("read: () => Object.fromEntries(Array.from({ length: 10_000 }, (_, i) => ['s' + i, i]))"),
    /has 10000 series; 500 are kept/,
  ],
  'words.js': [moduleOf("read: () => ({ good: 1, bad: 'warm' })"), /bad is warm, not a number/],
  'prints.js': [
    moduleOf("read() { for (let i = 0; i < 2000; i++) console.log('x'.repeat(100)); return { n: ++n } }"),
    /prints too much/,
  ],
  'silent.js': [moduleOf(when('> 2', 'return new Promise(() => {})')), /has not answered within/],
  'floods.sh': ['#!/bin/sh\nyes\n', /printed more than 262144 bytes/],
  'fails.sh': ['#!/bin/sh\necho oh no >&2\nexit 3\n', /exit code 3: oh no/],
  'gone.py': ['#!/nowhere/python\n', /what its first line names is missing/],
}

/** Nests of a generator that is no more would go on for ever. */
const isLeft = (pid: string, folder: string): boolean => {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8').includes(folder)
  } catch {
    return false
  }
}

test('plugins that misbehave are named on their cards and cost nobody else a round', async () => {
  const rig = await pluginRig({ env: { TMPDIR: '/tmp' } })
  for (const name of ['good-one', 'good-two']) rig.save(`${name}.ts`, moduleOf('read: () => ({ n: ++n })'))
  rig.save(
    'good-three.js',
    moduleOf('async read() { await new Promise((r) => setTimeout(r, 3)); return { n: ++n } }'),
  )
  await soon('the good ones', () =>
    ['good one', 'good two', 'good three'].every((name) => rig.points(name).length > 0),
  )
  const said = new Map<string, Set<string>>()
  for (const [file, [text]] of Object.entries(bad)) {
    rig.save(file, text)
    said.set(file, new Set())
  }
  const cardOf = (file: string): string => file.replace(/\.\w+$/, '').replaceAll('-', ' ')
  await soon(
    'a word on every bad card',
    () => {
      for (const [file, messages] of said) {
        const message = rig.card(cardOf(file))?.error?.message
        if (message !== undefined) messages.add(message)
      }
      return Object.entries(bad).every(([file, [, says]]) =>
        [...(said.get(file) ?? [])].some((one) => says.test(one)),
      )
    },
    40,
  ).catch((error) => {
    expect.soft(Object.fromEntries([...said].map(([file, messages]) => [file, [...messages]]))).toEqual({})
    throw error
  })

  for (const name of ['good one', 'good two', 'good three', 'processors']) {
    const times = rig.points(name).map(([time]) => time)
    const missed = times.slice(1).filter((time, index) => time - (times[index] ?? 0) !== 500)
    // With seventeen bad ones at once, a machine that does much else may take a second to begin a process anew.
    const most = name === 'processors' ? 0 : 1
    expect(missed.length, `rounds that ${name} missed, of ${times.length}`).toBeLessThanOrEqual(most)
  }
  expect(rig.card('many')?.series.length).toBe(500)
  const log = rig.stderr().split('\n')
  for (const file of Object.keys(bad)) {
    expect(
      log.filter((line) => line.startsWith(`generator: ${cardOf(file)} fails`)).length,
      file,
    ).toBeLessThan(3)
  }
  await rig.close()
  await soon('the end of all nests', () => !readdirSync('/proc').some((pid) => isLeft(pid, rig.folder)))
})
