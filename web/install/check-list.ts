// The checks on the screen, each as soon as it is known.

import type { Check, Verdict } from './checks.ts'

/** Runs all checks and shows how each came out. A check that throws counts as failed. */
export async function showChecks(checks: readonly Check[]): Promise<void> {
  const list = document.getElementById('checks')
  if (!list) return
  const items = checks.map(({ name }) => item(name))
  list.replaceChildren(...items)
  await Promise.all(
    checks.map(async (check, index) => {
      const verdict = await judge(check)
      items[index]?.replaceWith(item(check.name, verdict))
    }),
  )
}

async function judge({ run }: Check): Promise<Verdict> {
  try {
    return await run()
  } catch (error) {
    return {
      good: false,
      text: error instanceof Error ? error.message : String(error),
      next: 'Load this page again.',
    }
  }
}

function item(name: string, verdict?: Verdict): HTMLLIElement {
  const element = document.createElement('li')
  element.dataset.check = name
  element.dataset.state = verdict ? (verdict.good ? 'pass' : 'fail') : 'wait'
  element.append(part('b', name), part('span', verdict?.text ?? 'Looking …'))
  if (verdict?.next) {
    const next = part('span', ` ${verdict.next}`)
    next.className = 'next'
    element.append(next)
  }
  return element
}

function part(tag: string, text: string): HTMLElement {
  const element = document.createElement(tag)
  element.textContent = text
  return element
}
