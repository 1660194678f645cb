// Two categories may come from one answer of a daemon, such as processor and memory of containers: it is asked once a
// round, whoever of them asks first.

import type { Machine } from '../machine.ts'

interface Asked {
  readonly at: number
  readonly answer: Promise<unknown>
}

/** Who asks within this time after another (ms) gets the same answer; less than any gather's interval. */
const sameRoundMs = 500

const asked = new WeakMap<Machine, Map<string, Asked>>()

/** What `ask` answers, or what it answered a moment ago to another gather that asks under the same name. */
export function shared<T>(machine: Machine, name: string, ask: () => Promise<T>): Promise<T> {
  const ofMachine = asked.get(machine) ?? new Map<string, Asked>()
  asked.set(machine, ofMachine)
  const known = ofMachine.get(name)
  const now = performance.now()
  if (known && now - known.at < sameRoundMs) return known.answer as Promise<T>
  const answer = ask()
  ofMachine.set(name, { at: now, answer })
  return answer
}
