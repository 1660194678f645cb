// What `pocketstats plugin new` writes: a plugin that works as it is, with a comment where there is something to change.

export const languages = ['ts', 'js', 'sh', 'py'] as const
export type Language = (typeof languages)[number]

const gather = `import { readdirSync } from 'node:fs'
import { gather } from 'pocketstats/gather'

export default gather({
  help: 'How many files lie in the folder for temporary files.', // one sentence for people
  unit: '', // or '%', 'byte', 'byte/s', '°C', 's' …, or { free: 'bees' }
  series: ['files'], // or each: 'room', where labels come and go
  every: 10, // seconds between two readings
  read: () => ({ files: readdirSync('/tmp').length }), // a number for each series
})
`

const shell = `#!/bin/sh
# pocketstats: every=10s
# A line a value: label, value, unit.
echo "# help: How many files lie in the folder for temporary files."
echo "files $(ls /tmp | wc -l)"
`

const python = `#!/usr/bin/env python3
# pocketstats: every=10s
import json, os

print(json.dumps({
    "help": "How many files lie in the folder for temporary files.",
    "unit": "",
    "readings": {"files": len(os.listdir("/tmp"))},
}))
`

export const templates: Readonly<Record<Language, string>> = { ts: gather, js: gather, sh: shell, py: python }
