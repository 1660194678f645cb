// What macOS and Windows use works on Linux too, slowly; here it proves that the library is asked rightly.

import { join } from 'node:path'
import si from 'systeminformation'
import { expect, test } from 'vitest'
import { loadGathers } from '../../generator/load-gathers.ts'
import { fixtureMachine } from './support/fixture.ts'

const folder = join(import.meta.dirname, '..', '..', 'generator', 'gathers')
// The rest may be missing in a container.
const everywhere = ['processors', 'load', 'memory', 'uptime', 'pocketstats']
const { gathers } = await loadGathers(folder)

test.each(gathers)(
  'fallback() of $name reads numbers of this machine or has nothing to say',
  async ({ name, gather }) => {
    const readings = (await gather.fallback?.(si, fixtureMachine('desktop'))) ?? {}
    if (everywhere.includes(name)) expect(Object.keys(readings)).not.toEqual([])
    for (const [label, reading] of Object.entries(readings)) {
      const number = typeof reading === 'number' ? reading : 'part' in reading ? reading.whole : reading.value
      expect(Number.isFinite(number), label).toBe(true)
      expect(label.trim()).not.toBe('')
    }
  },
)
