import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { commands } from '../../cli/commands.ts'
import { root } from '../../cli/root.ts'

const guide = readFileSync(join(root, 'docs', 'command-line.md'), 'utf8')

test('docs/command-line.md tells of every command and every option', () => {
  for (const { name, help } of commands) {
    expect(guide).toContain(`\`${name}\``)
    for (const [option] of help.matchAll(/--[a-z-]+/g)) expect(guide).toContain(option)
  }
})
