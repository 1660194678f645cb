// What the doctor found in one place: a line for people, and what to do about it.

export interface Finding {
  what: string
  /** A hint is worth knowing and nothing is wrong. */
  state: 'good' | 'hint' | 'bad'
  /** What was found. */
  text: string
  /** The one next step. */
  next?: string
}

export const good = (what: string, text: string): Finding => ({ what, state: 'good', text })
export const hint = (what: string, text: string, next: string): Finding => ({
  what,
  state: 'hint',
  text,
  next,
})
export const bad = (what: string, text: string, next: string): Finding => ({ what, state: 'bad', text, next })

const marks = { good: 'good', hint: 'hint', bad: 'BAD ' } as const

/** `good  Port 5050     http and https`, the next step in a line of its own. */
export function findingLines(findings: readonly Finding[]): string[] {
  const width = Math.max(...findings.map(({ what }) => what.length))
  return findings.flatMap(({ what, state, text, next }) => [
    `${marks[state]}  ${what.padEnd(width)}  ${text}`,
    ...(next === undefined ? [] : [`${' '.repeat(width + 8)}→ ${next}`]),
  ])
}
