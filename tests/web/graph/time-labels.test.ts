import { beforeAll, describe, expect, test } from 'vitest'
import { describeMoment, tickLabel, windowDate } from '../../../web/graph/time-labels.ts'
import type { TickStep } from '../../../web/graph/time-ticks.ts'

beforeAll(() => {
  process.env.TZ = 'Europe/Berlin'
})

const step = (unit: TickStep['unit']): TickStep => ({ unit, count: 1, ms: 1 })
const at = (text: string): number => Date.parse(text)
const words = (options: Intl.DateTimeFormatOptions, time: number): string =>
  new Intl.DateTimeFormat(undefined, options).format(time)

describe('tickLabel()', () => {
  test('tickLabel() tells the time of day in the viewer’s zone', () => {
    expect(tickLabel(at('2026-01-20T13:05:00Z'), step('minute'))).toEqual({ text: '14:05', major: false })
    expect(tickLabel(at('2026-07-20T13:05:30Z'), step('second'))).toEqual({ text: '15:05:30', major: false })
  })

  test('tickLabel() tells the date where a day begins', () => {
    const midnight = at('2026-01-20T00:00:00+01:00')
    const text = words({ day: 'numeric', month: 'short' }, midnight)
    for (const unit of ['second', 'minute', 'hour'] as const) {
      expect(tickLabel(midnight, step(unit))).toEqual({ text, major: true })
    }
    expect(tickLabel(midnight, step('day'))).toEqual({ text, major: false })
  })

  test('tickLabel() of months tells the year where it begins', () => {
    expect(tickLabel(at('2026-01-01T00:00:00+01:00'), step('month'))).toEqual({ text: '2026', major: true })
    const april = at('2026-04-01T00:00:00+02:00')
    expect(tickLabel(april, step('month'))).toEqual({ text: words({ month: 'short' }, april), major: false })
  })
})

describe('windowDate()', () => {
  const now = at('2026-01-20T12:00:00Z')

  test('windowDate() is silent about today', () => {
    expect(windowDate(at('2026-01-20T00:00:00+01:00'), now)).toBeNull()
  })

  test('windowDate() tells the day, and the year when it is another', () => {
    expect(windowDate(at('2026-01-19T23:59:00+01:00'), now)).toContain('19')
    expect(windowDate(at('2026-01-19T23:59:00+01:00'), now)).not.toContain('2026')
    expect(windowDate(at('2025-12-31T23:59:00+01:00'), now)).toContain('2025')
  })
})

test('describeMoment() names weekday, date and time', () => {
  const text = describeMoment(at('2026-01-20T13:05:30Z'))
  for (const part of ['20', '2026', '14:05:30']) expect(text).toContain(part)
})
