// Writes docs/gathers.md, or only prints what it should say: `node generator/write-guide.ts --print`.

import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gatherGuide } from './gather-guide.ts'
import { loadGathers } from './load-gathers.ts'

const folder = join(import.meta.dirname, 'gathers')
const page = join(import.meta.dirname, '..', 'docs', 'gathers.md')

/** The comment that a file opens with, as one paragraph. */
function openingOf(stem: string): string {
  const lines = readFileSync(join(folder, `${stem}.ts`), 'utf8').split('\n')
  const end = lines.findIndex((line) => !line.startsWith('//'))
  return lines
    .slice(0, end)
    .map((line) => line.slice(2).trim())
    .join(' ')
}

const { gathers } = await loadGathers(folder)
const guide = gatherGuide(gathers.map((named) => ({ ...named, opening: openingOf(named.stem) })))
if (process.argv.includes('--print')) process.stdout.write(guide)
else writeFileSync(page, guide)
