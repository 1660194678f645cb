// Where the time axis has its ticks, in the viewer's zone: steps that people count in, from midnight on, right across
// a change of the clocks. Ticks are fixed moments, so that they keep their place while the graph is panned.

export type TickUnit = 'second' | 'minute' | 'hour' | 'day' | 'week' | 'month' | 'year'

export interface TickStep {
  readonly unit: TickUnit
  readonly count: number
  /** Length in ms; of months and years the shortest. */
  readonly ms: number
}

const lengths: Readonly<Record<TickUnit, number>> = {
  second: 1000,
  minute: 60_000,
  hour: 3_600_000,
  day: 86_400_000,
  week: 7 * 86_400_000,
  month: 28 * 86_400_000,
  year: 365 * 86_400_000,
}

const every = (unit: TickUnit, ...counts: number[]): TickStep[] =>
  counts.map((count) => ({ unit, count, ms: count * lengths[unit] }))

/** All steps, shortest first. */
export const tickSteps: readonly TickStep[] = [
  ...every('second', 1, 2, 5, 10, 15, 30),
  ...every('minute', 1, 2, 5, 10, 15, 30),
  ...every('hour', 1, 2, 3, 6, 12),
  ...every('day', 1, 2),
  ...every('week', 1, 2),
  ...every('month', 1, 3, 6),
  ...every('year', 1, 2, 5, 10),
]

/**
 * The shortest step whose ticks stand far enough apart when `span` ms take `width` px: `room` is the px that the
 * labels of a step need. Depends on the window's length alone, so that panning never changes it.
 */
export function tickStep(span: number, width: number, room: (step: TickStep) => number): TickStep {
  const perPixel = span / Math.max(width, 1)
  const fitting = tickSteps.find((step) => step.ms >= room(step) * perPixel)
  return fitting ?? { unit: 'year', count: 100, ms: 100 * lengths.year }
}

/** The moments (ms) of a step's ticks from the last one at or before `from` to the first one at or after `to`. */
export function ticksBetween(from: number, to: number, step: TickStep): number[] {
  const ticks: number[] = []
  let tick = step.ms < lengths.day ? floorInDay(from, step.ms) : floorDate(from, step)
  while (tick < to && ticks.length < 1000) {
    ticks.push(tick)
    tick = step.ms < lengths.day ? nextInDay(tick, step.ms) : nextDate(tick, step)
  }
  ticks.push(tick)
  return ticks
}

/** Local midnight at or before `time`. */
export function midnight(time: number): number {
  return new Date(time).setHours(0, 0, 0, 0)
}

function floorInDay(time: number, ms: number): number {
  let tick = midnight(time)
  // Most of the way at once; the offset changes on two days a year only, and then every tick is visited.
  const offset = offsetAt(tick)
  if (offsetAt(time) === offset && offsetAt(nextMidnight(time)) === offset) {
    return tick + Math.floor((time - tick) / ms) * ms
  }
  for (let next = nextInDay(tick, ms); next <= time; next = nextInDay(tick, ms)) tick = next
  return tick
}

/** The next moment at least `ms` later whose local time is a multiple of `ms`; at midnight counting begins again. */
function nextInDay(tick: number, ms: number): number {
  const next = tick + ms
  const past = localTimeOfDay(next) % ms
  const aligned = past === 0 ? next : next + ms - past
  return Math.min(aligned, nextMidnight(tick))
}

function nextMidnight(time: number): number {
  const date = new Date(time)
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() + 1).getTime()
}

const offsetAt = (time: number): number => new Date(time).getTimezoneOffset()

/** Milliseconds that a local clock shows since its 0:00. */
function localTimeOfDay(time: number): number {
  const date = new Date(time)
  return (
    (date.getHours() * 60 + date.getMinutes()) * 60_000 + date.getSeconds() * 1000 + date.getMilliseconds()
  )
}

/** Days since 1970 by the local calendar. */
function dayNumber(date: Date): number {
  return Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) / lengths.day
}

/** Days from the Monday or even day that begins the step in which `date` is. */
function daysIntoStep(date: Date, { unit, count }: TickStep): number {
  // 1970-01-05 was a Monday.
  const [shift, days] = unit === 'week' ? [4, 7 * count] : [0, count]
  return (((dayNumber(date) - shift) % days) + days) % days
}

function floorDate(time: number, step: TickStep): number {
  const date = new Date(time)
  const [year, month] = [date.getFullYear(), date.getMonth()]
  if (step.unit === 'year') return new Date(Math.floor(year / step.count) * step.count, 0).getTime()
  if (step.unit === 'month') return new Date(year, month - (month % step.count)).getTime()
  return new Date(year, month, date.getDate() - daysIntoStep(date, step)).getTime()
}

function nextDate(tick: number, { unit, count }: TickStep): number {
  const date = new Date(tick)
  const [year, month] = [date.getFullYear(), date.getMonth()]
  if (unit === 'year') return new Date(year + count, 0).getTime()
  if (unit === 'month') return new Date(year, month + count).getTime()
  return new Date(year, month, date.getDate() + count * (unit === 'week' ? 7 : 1)).getTime()
}
