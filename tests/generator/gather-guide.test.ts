import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { gather } from '../../generator/gather.ts'
import { gatherGuide } from '../../generator/gather-guide.ts'
import { optionText } from '../../generator/gather-options.ts'
import { loadGathers } from '../../generator/load-gathers.ts'

const root = join(import.meta.dirname, '..', '..')

test('docs/gathers.md says what the gathers say of themselves (npm run docs writes it)', () => {
  const node = join(root, 'node_modules', '.bin', 'node')
  const script = join(root, 'generator', 'write-guide.ts')
  const guide = execFileSync(node, [script, '--print'], { encoding: 'utf8' })
  expect(readFileSync(join(root, 'docs', 'gathers.md'), 'utf8')).toBe(guide)
})

test('settings.conf has every option of the built-in gathers with its default', async () => {
  const lines = readFileSync(join(root, 'settings.conf'), 'utf8').split('\n')
  const { gathers } = await loadGathers(join(root, 'generator', 'gathers'))
  for (const { stem, gather } of gathers) {
    const names = Object.keys(gather.options)
    const start = lines.indexOf(`[Gather ${stem}]`)
    expect(start >= 0, stem).toBe(names.length > 0)
    const end = lines.findIndex((line, index) => index > start && line.startsWith('['))
    const section = start < 0 ? [] : lines.slice(start, end)
    expect(section.filter((line) => /^\w+ =/.test(line))).toEqual(
      Object.entries(gather.options).map(([name, words]) => `${name} = ${optionText(words.default)}`.trim()),
    )
  }
})

test('gatherGuide() tells unit, series, interval, options and hints', () => {
  const bees = gather({
    help: 'Bees that come home.',
    unit: { free: 'bees' },
    every: 30,
    each: 'hive',
    options: { Hives: { default: ['north'], help: 'Which to count.' } },
    alerts: [{ below: 3, seconds: 60, text: 'They are gone.' }],
    read: () => ({ north: 4 }),
  })
  const guide = gatherGuide([{ name: 'bees', stem: 'bees', opening: 'By the light barrier.', gather: bees }])
  expect(guide).toContain('| [bees](#bees) | `bees` | bees | every 30 s |')
  expect(guide).toContain('One series for each hive. Read every 30 s.\n\nBy the light barrier.')
  expect(guide).toContain('| `Hives` | north | Which to count. |')
  expect(guide).toContain('Worth an alert: any series below 3 for 60 s. They are gone.')
})
