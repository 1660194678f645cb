// How web pages that people name answer.

import type { Machine } from '../machine.ts'

export interface PageAnswer {
  readonly label: string
  /** Until the last byte; null where it did not come. */
  readonly seconds: number | null
  /** It came, and not as an error. */
  readonly isGood: boolean
}

/** More pages than these are not asked for. */
export const mostPages = 30

const newest = new WeakMap<Machine, Promise<readonly PageAnswer[]>>()

/** Asks for each page once, each over a connection of its own. */
export function fetchAll(machine: Machine, urls: readonly string[]): Promise<readonly PageAnswer[]> {
  const answers = Promise.all(urls.slice(0, mostPages).map((url) => fetchOne(machine, url)))
  newest.set(machine, answers)
  return answers
}

/** What came of the requests of this round; null where nobody is asked. */
export const newestAnswers = (machine: Machine): Promise<readonly PageAnswer[]> | null =>
  newest.get(machine) ?? null

async function fetchOne(machine: Machine, url: string): Promise<PageAnswer> {
  const label = labelOf(url)
  try {
    const { status, tookMs } = await machine.fetch(url)
    return { label, seconds: Math.round(tookMs * 10) / 1e4, isGood: status < 400 }
  } catch {
    return { label, seconds: null, isGood: false }
  }
}

/** Without the name and password, and without a query, which may be secret. */
function labelOf(url: string): string {
  if (!URL.canParse(url)) throw new Error(`Urls: "${url}" is no address such as https://example.org/`)
  const { protocol, host, pathname } = new URL(url)
  return `${protocol === 'https:' ? '' : `${protocol}//`}${host}${pathname === '/' ? '' : pathname}`.slice(
    0,
    120,
  )
}
