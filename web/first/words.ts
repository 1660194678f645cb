// Times in words, in the viewer's zone and way of writing them.

import { describeSpan } from '../view/ranges.ts'

const clock = new Intl.DateTimeFormat(undefined, {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
})
const weekday = { weekday: 'short' } as const
const thisDay = new Intl.DateTimeFormat(undefined, weekday)
const day = new Intl.DateTimeFormat(undefined, { ...weekday, day: 'numeric', month: 'short' })
const dayOfYear = new Intl.DateTimeFormat(undefined, {
  ...weekday,
  day: 'numeric',
  month: 'short',
  year: 'numeric',
})

/** Time of day: "14:03:22". */
export const timeOfDay = (time: number): string => clock.format(time)

/** A moment with its weekday, with its date unless that is today, with its year unless that is this year. */
export function momentInWords(time: number, now: number): string {
  const [then, today] = [new Date(time), new Date(now)]
  if (then.toDateString() === today.toDateString()) return `${thisDay.format(time)} ${timeOfDay(time)}`
  const format = then.getFullYear() === today.getFullYear() ? day : dayOfYear
  return `${format.format(time)}, ${timeOfDay(time)}`
}

/** "4 h 10 min ago", "now". */
export const ago = (time: number, now: number): string =>
  now - time < 1000 ? 'now' : `${describeSpan(now - time)} ago`
