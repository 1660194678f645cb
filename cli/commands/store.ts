// What the database holds and takes, and what another setting would make of it, told before it is saved.

import { packedBytes, type RetentionPlan, retentionCost } from '../../common/retention-cost.ts'
import { planOf } from '../../common/retention-settings.ts'
import { formatDuration } from '../../common/setting-kinds.ts'
import { settingsTable } from '../../common/settings-table.ts'
import { freeBytesOf } from '../../store/history/space.ts'
import type { Holding } from '../../store/types.ts'
import { defineCommand, UsageError } from '../command.ts'
import { databasesOf, withHistory } from '../databases.ts'
import { table } from '../table.ts'
import { countText, megabytes, timeText } from '../texts.ts'

export const store = defineCommand({
  name: 'store',
  summary: 'Show what the history holds and takes, and what a setting would cost',
  usage: '[--max-age T] [--full-resolution T]',
  text: `
Per category: points, series, oldest, newest and bytes; bytes a point; megabytes a day at the present rate. And how
large the database will be in the end, with the present settings or with others, by the measure of this very database:

  --max-age T           everything older goes, such as 90d or 1y
  --full-resolution T   single points that are older go, their sums (count, min, max, mean) stay, such as 7d

Nothing is changed: save what you like in settings.conf as MaxAge and FullResolution.`,
  options: { 'max-age': { type: 'string' }, 'full-resolution': { type: 'string' } },
  operands: [0, 0],
  async run({ values }) {
    const databases = databasesOf(values)
    const present = planOf(databases.settings)
    const asked: RetentionPlan = {
      ...present,
      maxAgeSeconds: age('MaxAge', values['max-age']) ?? present.maxAgeSeconds,
      fullResolutionSeconds:
        age('FullResolution', values['full-resolution']) ?? present.fullResolutionSeconds,
    }
    const isOther = values['max-age'] !== undefined || values['full-resolution'] !== undefined
    await withHistory(databases, (history) => {
      const holdings = history.holdings(Date.now())
      const { bytes } = history.stats()
      const free = freeBytesOf(databases.data)
      const lines = [
        ...holdingLines(holdings),
        '',
        ...sizeLines(databases.data, bytes, holdings),
        ...rateLines(holdings, present),
        '',
        ...costLines(isOther ? 'At present, with' : 'With', holdings, present),
        ...(isOther ? costLines('With', holdings, asked) : []),
        `Free on the disk: ${megabytes(free)}`,
      ]
      console.log(lines.join('\n'))
    })
    return 0
  },
})

/** Seconds. Throws a UsageError that says what is expected. */
function age(setting: 'MaxAge' | 'FullResolution', text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const kind = settingsTable.Generator[setting]
  const seconds = kind.parse(text)
  if (seconds !== undefined) return seconds
  throw new UsageError(
    `${setting === 'MaxAge' ? '--max-age' : '--full-resolution'} ${text}: expected ${kind.expected}`,
  )
}

function holdingLines(holdings: readonly Holding[]): string[] {
  const time = (ms: number | null): string => (ms === null ? '–' : timeText(ms))
  const rows = holdings.map((one) => [
    one.project,
    one.category,
    countText(one.points + one.waiting),
    countText(one.series),
    time(one.oldest),
    time(one.newest),
    megabytes(one.pointBytes + one.sumBytes),
  ])
  return table(['project', 'category', 'points', 'series', 'oldest', 'newest', 'packed'], rows, [2, 3, 6])
}

function sizeLines(file: string, bytes: number, holdings: readonly Holding[]): string[] {
  const sum = (of: (holding: Holding) => number): number =>
    holdings.reduce((total, one) => total + of(one), 0)
  const points = sum((one) => one.points)
  const waiting = sum((one) => one.waiting)
  const all = points + waiting
  return [
    `${file}: ${megabytes(bytes)}, ${countText(all)} points`,
    ...(points === 0
      ? []
      : [
          `Bytes a point: ${(sum((one) => one.pointBytes) / points).toFixed(2)} packed, ` +
            `${(bytes / all).toFixed(2)} of the whole file (sums, indexes and log included)`,
        ]),
    ...(waiting === 0 ? [] : [`${countText(waiting)} of the points wait in the log to be packed.`]),
  ]
}

function rateLines(holdings: readonly Holding[], plan: RetentionPlan): string[] {
  const pointsPerDay = holdings.reduce((sum, one) => sum + one.pointsPerDay, 0)
  if (pointsPerDay === 0) return ['No points came in during the last day, so nothing is foreseen to grow.']
  const { bytesPerDay } = retentionCost(holdings, plan)
  return [`At the present rate: ${countText(pointsPerDay)} points a day, ${megabytes(bytesPerDay)} a day`]
}

function costLines(word: string, holdings: readonly Holding[], plan: RetentionPlan): string[] {
  const { bytes, categories } = retentionCost(holdings, plan)
  const points = categories.reduce((sum, one) => sum + one.pointBytes, 0)
  const sums = categories.reduce((sum, one) => sum + one.sumBytes, 0)
  const full = Math.min(plan.fullResolutionSeconds, plan.maxAgeSeconds)
  return [
    `${word} MaxAge ${formatDuration(plan.maxAgeSeconds)} and FullResolution ${formatDuration(full)}: ` +
      `${megabytes(bytes)} in the end (single points ${megabytes(points)}, sums ${megabytes(sums)}; ${basisOf(holdings)})`,
  ]
}

/** What the foreseen size rests on. */
function basisOf(holdings: readonly Holding[]): string {
  const isMeasured = holdings.some((one) => packedBytes(one).isMeasured && one.pointsPerDay > 0)
  return isMeasured
    ? 'by the measure of this database'
    : 'by typical figures, for there is little to measure yet'
}
