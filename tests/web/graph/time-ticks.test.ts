import { afterEach, describe, expect, test } from 'vitest'
import { midnight, type TickStep, tickStep, tickSteps, ticksBetween } from '../../../web/graph/time-ticks.ts'

const second = 1000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour

const zone = process.env.TZ

afterEach(() => {
  process.env.TZ = zone
})

function stepOf(unit: TickStep['unit'], count: number): TickStep {
  const step = tickSteps.find((candidate) => candidate.unit === unit && candidate.count === count)
  if (!step) throw new Error(`no step of ${count} ${unit}`)
  return step
}

/** Ticks between two local times, as a local clock shows them. */
function clock(from: string, to: string, step: TickStep): string[] {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone: process.env.TZ,
    dateStyle: 'short',
    timeStyle: 'short',
  })
  return ticksBetween(Date.parse(from), Date.parse(to), step).map((tick) => format.format(tick))
}

describe('ticksBetween()', () => {
  test('ticksBetween() reaches over both ends', () => {
    process.env.TZ = 'UTC'
    const from = Date.UTC(2026, 0, 20, 12, 3, 7)
    const ticks = ticksBetween(from, from + 10 * minute, stepOf('minute', 2))
    expect(ticks.map((tick) => (tick - Date.UTC(2026, 0, 20, 12)) / minute)).toEqual([2, 4, 6, 8, 10, 12, 14])
  })

  test.each(tickSteps)(
    'ticksBetween() of $count $unit are the same however far the window is panned',
    (step) => {
      for (process.env.TZ of ['Europe/Berlin', 'Asia/Kathmandu', 'America/St_Johns', 'Australia/Lord_Howe']) {
        const start = Date.UTC(2025, 2, 27, 13, 17, 41)
        const all = ticksBetween(start, start + 40 * step.ms, step)
        for (let n = 0; n < 30; n++) {
          const from = start + n * 0.73 * step.ms
          const some = ticksBetween(from, from + 5 * step.ms, step)
          expect(some).toEqual(all.filter((tick) => tick >= (some[0] ?? 0) && tick <= (some.at(-1) ?? 0)))
          expect(some[0]).toBeLessThanOrEqual(from)
        }
      }
    },
  )

  test.each(tickSteps)(
    'ticksBetween() of $count $unit never stand nearer than a step, midnights aside',
    (step) => {
      for (process.env.TZ of ['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe']) {
        for (const start of [Date.UTC(2025, 9, 24), Date.UTC(2025, 2, 28), Date.UTC(2026, 2, 6)]) {
          const ticks = ticksBetween(start, start + Math.max(40 * step.ms, 4 * day), step).slice(0, 900)
          for (const [i, tick] of ticks.slice(1).entries()) {
            const distance = tick - (ticks[i] ?? 0)
            expect(distance).toBeGreaterThan(0)
            if (midnight(tick) !== tick) expect(distance).toBeGreaterThanOrEqual(step.ms)
          }
        }
      }
    },
  )

  test('ticksBetween() count hours from local midnight, in zones of odd offsets too', () => {
    process.env.TZ = 'Asia/Kathmandu'
    expect(clock('2026-01-20T00:00:00+05:45', '2026-01-20T12:00:00+05:45', stepOf('hour', 6))).toEqual([
      '20/01/2026, 00:00',
      '20/01/2026, 06:00',
      '20/01/2026, 12:00',
    ])
  })

  test('ticksBetween() keep to the clock when it is put back', () => {
    process.env.TZ = 'Europe/Berlin'
    expect(clock('2025-10-26T00:00:00+02:00', '2025-10-26T09:00:00+01:00', stepOf('hour', 3))).toEqual([
      '26/10/2025, 00:00',
      '26/10/2025, 03:00',
      '26/10/2025, 06:00',
      '26/10/2025, 09:00',
    ])
    expect(clock('2025-10-26T01:00:00+02:00', '2025-10-26T03:00:00+01:00', stepOf('hour', 1))).toEqual([
      '26/10/2025, 01:00',
      '26/10/2025, 02:00',
      '26/10/2025, 02:00',
      '26/10/2025, 03:00',
    ])
  })

  test('ticksBetween() keep to the clock when it is put forward', () => {
    process.env.TZ = 'Europe/Berlin'
    expect(clock('2026-03-29T00:00:00+01:00', '2026-03-29T06:00:00+02:00', stepOf('hour', 2))).toEqual([
      '29/03/2026, 00:00',
      '29/03/2026, 04:00',
      '29/03/2026, 06:00',
    ])
    expect(clock('2026-03-28T00:00:00+01:00', '2026-03-31T00:00:00+02:00', stepOf('day', 1))).toEqual([
      '28/03/2026, 00:00',
      '29/03/2026, 00:00',
      '30/03/2026, 00:00',
      '31/03/2026, 00:00',
    ])
  })

  test('ticksBetween() begin weeks on Mondays, months on firsts and years on New Year', () => {
    process.env.TZ = 'Europe/Berlin'
    expect(clock('2026-01-07T12:00:00+01:00', '2026-01-19T00:00:00+01:00', stepOf('week', 1))).toEqual([
      '05/01/2026, 00:00',
      '12/01/2026, 00:00',
      '19/01/2026, 00:00',
    ])
    expect(clock('2025-12-24T00:00:00+01:00', '2026-07-01T00:00:00+02:00', stepOf('month', 3))).toEqual([
      '01/10/2025, 00:00',
      '01/01/2026, 00:00',
      '01/04/2026, 00:00',
      '01/07/2026, 00:00',
    ])
    expect(clock('2024-05-01T00:00:00+02:00', '2026-01-01T00:00:00+01:00', stepOf('year', 1))).toEqual([
      '01/01/2024, 00:00',
      '01/01/2025, 00:00',
      '01/01/2026, 00:00',
    ])
  })
})

describe('tickStep()', () => {
  const room = () => 64

  test.each([
    [10 * second, 'second', 2],
    [minute, 'second', 15],
    [10 * minute, 'minute', 2],
    [hour, 'minute', 15],
    [day, 'hour', 6],
    [7 * day, 'day', 2],
    [30 * day, 'week', 1],
    [365 * day, 'month', 3],
    [10 * 365 * day, 'year', 2],
  ] as const)('tickStep() of %s ms on a phone is %s %s', (span, unit, count) => {
    expect(tickStep(span, 360, room)).toMatchObject({ unit, count })
  })

  test('tickStep() leaves the room that labels need at any length', () => {
    for (let span = 10 * second; span < 10 * 365 * day; span *= 1.17) {
      const step = tickStep(span, 360, room)
      expect((step.ms / span) * 360).toBeGreaterThanOrEqual(64)
    }
  })

  test('tickStep() has a step for any length', () => {
    expect(tickStep(400 * 365 * day, 360, room)).toMatchObject({ unit: 'year', count: 100 })
  })
})
