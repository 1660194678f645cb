// Words for ticks and moments in the viewer's language and zone. Formatters are made once, since making one costs
// more than a thousand uses.

import type { TickStep } from './time-ticks.ts'

const formatter = (options: Intl.DateTimeFormatOptions): ((time: number) => string) => {
  let format: Intl.DateTimeFormat | undefined
  return (time) => {
    format ??= new Intl.DateTimeFormat(undefined, options)
    return format.format(time)
  }
}

const hourAndMinute = formatter({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
const withSeconds = formatter({ hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' })
const dayAndMonth = formatter({ day: 'numeric', month: 'short' })
const monthOnly = formatter({ month: 'short' })
const yearOnly = formatter({ year: 'numeric' })
const dayMonthYear = formatter({ day: 'numeric', month: 'short', year: 'numeric' })
const moment = formatter({
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
})

export interface TickLabel {
  readonly text: string
  /** A new day, or a new year, begins here. */
  readonly major: boolean
}

const isMidnight = (date: Date): boolean =>
  date.getHours() === 0 && date.getMinutes() === 0 && date.getSeconds() === 0

/** What a tick says: the time of day, where a day begins its date, where a year begins the year. */
export function tickLabel(time: number, { unit }: TickStep): TickLabel {
  const date = new Date(time)
  if (unit === 'year') return { text: yearOnly(time), major: false }
  if (unit === 'month') {
    const major = date.getMonth() === 0
    return { text: major ? yearOnly(time) : monthOnly(time), major }
  }
  if (unit === 'day' || unit === 'week') return { text: dayAndMonth(time), major: false }
  if (isMidnight(date)) return { text: dayAndMonth(time), major: true }
  return { text: unit === 'second' ? withSeconds(time) : hourAndMinute(time), major: false }
}

/** What a window says of itself when its ticks show times only: its first day, or null when that is today. */
export function windowDate(from: number, now: number): string | null {
  const [first, today] = [new Date(from), new Date(now)]
  if (first.toDateString() === today.toDateString()) return null
  return first.getFullYear() === today.getFullYear() ? dayAndMonth(from) : dayMonthYear(from)
}

/** A moment in full, for screen readers. */
export const describeMoment = (time: number): string => moment(time)
