// Makes gathers of the realistic machine's categories, so that the generator itself can be put under measurement
// with exactly 60 series, whatever the machine that it runs on has.

import { type Gather, gather } from '../../generator/gather.ts'
import { RealisticMachine } from './realistic-series.ts'

const machine = new RealisticMachine()
const taken = new Set<string>()

/** A gather of one category; all of them read from one machine, which goes on a second with every round. */
export const realisticGather = (category: string): Gather =>
  gather({
    title: category,
    help: `Made-up numbers of a small server: ${category}.`,
    unit: '',
    each: 'one of the category',
    read: () => readings(category),
  })

function readings(category: string): Record<string, number> {
  // Whoever comes a second time begins the next round.
  if (taken.has(category) || taken.size === 0) {
    machine.next(1)
    taken.clear()
  }
  taken.add(category)
  const found: Record<string, number> = {}
  let column = 0
  for (const { name, labels } of machine.categories) {
    for (const label of labels) {
      if (name === category) found[label] = machine.values[column] ?? 0
      column += 1
    }
  }
  return found
}
