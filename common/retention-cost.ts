// What keeping history costs in bytes, told before a setting is saved. All is linear in time: single points as long as
// they are kept, their sums (count, min, max, sum of each bucket of every level) until the end.

/** What one category holds and adds, as the store measures it. */
export interface CategoryUse {
  project: string
  category: string
  /** Points that are kept singly and packed, and the bytes they take. */
  points: number
  pointBytes: number
  /** Buckets of all levels and series, and the bytes they take. */
  sums: number
  sumBytes: number
  /** What a day adds at the present rate. */
  pointsPerDay: number
  sumsPerDay: number
}

/** How long something is kept. */
export interface Retention {
  /** Everything older goes. */
  maxAgeSeconds: number
  /** Single points that are older go, their sums stay; never more than `maxAgeSeconds`. */
  fullResolutionSeconds: number
}

export interface RetentionPlan extends Retention {
  /** What differs for single categories, by name, in whatever project. */
  overrides?: Readonly<Record<string, Partial<Retention>>>
}

export interface CategoryCost {
  project: string
  category: string
  /** Bytes of single points, and of sums, once as much is kept as the plan allows. */
  pointBytes: number
  sumBytes: number
  /** What a day adds, single points and sums. */
  bytesPerDay: number
}

export interface RetentionCost {
  /** Bytes of the whole database, once as much is kept as the plan allows. */
  bytes: number
  bytesPerDay: number
  /** In the order of what was given. */
  categories: CategoryCost[]
}

/**
 * Bytes of a packed point and of a packed bucket where a database holds too few to measure: those of a machine's own
 * numbers every second (60 realistic series: 0.6 and 3.4; recorded ones take about a third more).
 */
export const typicalBytes = { perPoint: 0.8, perSum: 4.5 } as const

/** Fewer points or buckets than this say little about how well they pack. */
const enough = { points: 20_000, sums: 2_000 } as const

/** Pages that are not quite full, and indexes, on top of what is packed. */
const fileShare = 1.07
/** What a database takes before it holds history: its tables, and points that wait to be packed. */
const emptyBytes = 300_000

const daySeconds = 86_400

/** What a plan costs at the rates and packing of `uses`. Categories that add nothing now cost nothing in the end. */
export function retentionCost(uses: readonly CategoryUse[], plan: RetentionPlan): RetentionCost {
  const categories = uses.map((use) => categoryCost(use, retentionOf(use.category, plan)))
  const total = (bytesOf: (cost: CategoryCost) => number): number =>
    categories.reduce((sum, cost) => sum + bytesOf(cost), 0)
  return {
    bytes: emptyBytes + total(({ pointBytes, sumBytes }) => pointBytes + sumBytes),
    bytesPerDay: total(({ bytesPerDay }) => bytesPerDay),
    categories,
  }
}

/** How long a category is kept: its own where the plan names it, the plan's otherwise. */
export function retentionOf(category: string, { overrides, ...plan }: RetentionPlan): Retention {
  const { maxAgeSeconds = plan.maxAgeSeconds, fullResolutionSeconds = plan.fullResolutionSeconds } =
    overrides && Object.hasOwn(overrides, category) ? (overrides[category] ?? {}) : {}
  return { maxAgeSeconds, fullResolutionSeconds: Math.min(fullResolutionSeconds, maxAgeSeconds) }
}

/** Bytes of the file that a point and a bucket of this category take, and whether those of its points are measured. */
export function packedBytes({ points, pointBytes, sums, sumBytes }: CategoryUse): {
  perPoint: number
  perSum: number
  isMeasured: boolean
} {
  const isMeasured = points >= enough.points
  return {
    perPoint: isMeasured ? (pointBytes / points) * fileShare : typicalBytes.perPoint,
    perSum: sums >= enough.sums ? (sumBytes / sums) * fileShare : typicalBytes.perSum,
    isMeasured,
  }
}

function categoryCost(use: CategoryUse, { maxAgeSeconds, fullResolutionSeconds }: Retention): CategoryCost {
  const { perPoint, perSum } = packedBytes(use)
  const pointsADay = use.pointsPerDay * perPoint
  const sumsADay = use.sumsPerDay * perSum
  return {
    project: use.project,
    category: use.category,
    pointBytes: (pointsADay * fullResolutionSeconds) / daySeconds,
    sumBytes: (sumsADay * maxAgeSeconds) / daySeconds,
    bytesPerDay: pointsADay + sumsADay,
  }
}
