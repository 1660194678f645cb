// The cards by what changed: those first whose visible window is least like the window before it.

import type { ColumnBuckets } from '../../common/buckets-binary.ts'
import { fetchBuckets } from '../data/api.ts'
import type { ViewState } from '../view/view.ts'
import { unusualness } from './unusual.ts'

/** Of both windows together: enough for their likeness, little to ask for. */
const buckets = 400

/** Names of `categories`, most unusual first, equal ones as they were. Throws an ApiError when the server is away. */
export async function orderByChange(
  project: string,
  categories: readonly string[],
  { from, to }: ViewState,
): Promise<string[]> {
  const result = await fetchBuckets({ project, categories, from: from - (to - from), to, buckets })
  const scores = new Map(result.categories.map((own) => [own.name, mostUnusual(own, from)]))
  const score = (name: string): number => scores.get(name) ?? 0
  return categories.toSorted((a, b) => (score(a) === score(b) ? 0 : score(b) - score(a)))
}

function mostUnusual({ from, stepMs, length, series }: ColumnBuckets, windowFrom: number): number {
  const middle = Math.min(length, Math.max(0, Math.round((windowFrom - from) / stepMs)))
  return Math.max(0, ...series.map((columns) => unusualness(columns, middle, length)))
}
