import { describe, expect, test } from 'vitest'
import { type FeedOptions, LiveFeed, type Stored } from '../../../server/stream/live-feed.ts'
import { readResumeId } from '../../../server/stream/resume-id.ts'

const now = Date.UTC(2026, 0, 31, 3, 12)

const feed = (options: Partial<FeedOptions> = {}) =>
  new LiveFeed({
    project: 'nas',
    databaseId: 'db',
    start: { position: 10, newest: now - 1000, sentAt: now, signature: 'same' },
    resumed: false,
    latest: [{ category: 'load', id: 1, label: '1 min', time: now - 1000, value: 5 }],
    delta: false,
    ...options,
  })

const point = (id: number, time: number, value = 1, project = 'nas') => ({
  ...{ project, category: 'load', id, time, value },
})

const stored = (points: Stored['points'], more: Partial<Stored> = {}): Stored => ({
  ...{ points, position: 11, signature: 'same' },
  ...more,
})

/** Names and data of events, and which of them carries an id. */
const events = (text: string) =>
  text
    .split('\n\n')
    .filter((part) => part !== '')
    .map((part) => {
      const [event, data] = ['event', 'data'].map(
        (name) => new RegExp(`^${name}: (.*)$`, 'm').exec(part)?.[1],
      )
      return { event, data: data === undefined ? undefined : JSON.parse(data), hasId: /^id: /m.test(part) }
    })

const idIn = (text: string) => /^id: (.*)$/m.exec(text)?.[1]

describe('LiveFeed', () => {
  test('LiveFeed says hello first, and when to try again', () => {
    const text = feed().hello('build', now)
    expect(events(text)).toEqual([
      { event: 'hello', data: { version: 'build', now, resumed: false }, hasId: true },
    ])
    expect(text).toContain('retry: 1000\n')
  })

  test('LiveFeed has everything since the newest point asked for again when the store cannot tell it in order', () => {
    const text = feed().take(stored([point(1, now, 2)], { missed: true }), now)
    expect(events(text)).toEqual([
      { event: 'late', data: { from: now - 1000, to: now }, hasId: false },
      { event: 'points', data: [{ time: now, values: { 1: 2 } }], hasId: true },
    ])
  })

  test('LiveFeed groups new points by time, oldest first', () => {
    const text = feed().take(
      stored([point(2, now, 3), point(1, now, 2), point(1, now + 1000, 4), point(3, now - 500, 9)]),
      now,
    )
    expect(events(text)).toEqual([
      {
        event: 'points',
        data: [
          { time: now - 500, values: { 3: 9 } },
          { time: now, values: { 1: 2, 2: 3 } },
          { time: now + 1000, values: { 1: 4 } },
        ],
        hasId: true,
      },
    ])
  })

  test('LiveFeed tells of points that are not newer as a span to load again', () => {
    const live = feed()
    const text = live.take(stored([point(1, now - 9000), point(1, now - 5000), point(1, now)]), now)
    expect(events(text)).toEqual([
      { event: 'late', data: { from: now - 9000, to: now - 4999 }, hasId: false },
      { event: 'points', data: [{ time: now, values: { 1: 1 } }], hasId: true },
    ])
    expect(events(live.take(stored([point(1, now, 7)]), now))).toEqual([
      { event: 'late', data: { from: now, to: now + 1 }, hasId: true },
    ])
  })

  test('LiveFeed takes old points of a new series for history, not for news', () => {
    const text = feed().take(stored([point(7, now - 60_001), point(8, now - 59_000)]), now)
    expect(events(text).map(({ event }) => event)).toEqual(['late', 'points'])
  })

  test('LiveFeed leaves out points that come again, and those of others', () => {
    const live = feed()
    expect(live.take(stored([point(1, now - 1000, 5), point(1, now, 1, 'other')]), now)).toBe('')
    live.take(stored([point(2, now, 3)]), now)
    expect(live.take(stored([point(2, now, 3)]), now)).toBe('')
  })

  test('LiveFeed announces another catalogue before its points, once', () => {
    const live = feed()
    const text = live.take(stored([point(9, now)], { signature: 'other' }), now)
    expect(events(text)).toEqual([
      { event: 'catalogue', data: {}, hasId: false },
      { event: 'points', data: [{ time: now, values: { 9: 1 } }], hasId: true },
    ])
    expect(live.take(stored([], { signature: 'other' }), now)).toBe('')
  })

  test('LiveFeed names repeated values where that is asked for', () => {
    const live = feed({ delta: true })
    expect(events(live.take(stored([point(1, now, 5), point(2, now, 6)]), now))[0]?.data).toEqual([
      { time: now, values: { 1: 5, 2: 6 } },
    ])
    expect(events(live.take(stored([point(1, now + 1, 5), point(2, now + 1, 7)]), now))[0]?.data).toEqual([
      { time: now + 1, values: { 2: 7 }, same: [1, 1] },
    ])
  })

  test('LiveFeed after a resume takes what may have been sent before for a span to load again', () => {
    const live = feed({ resumed: true })
    const text = live.take(
      stored([point(1, now - 1000, 5), point(1, now), point(3, now - 2000), point(3, now + 5)]),
      now,
    )
    expect(events(text)).toEqual([
      { event: 'late', data: { from: now - 2000, to: now - 999 }, hasId: false },
      {
        event: 'points',
        data: [
          { time: now, values: { 1: 1 } },
          { time: now + 5, values: { 3: 1 } },
        ],
        hasId: true,
      },
    ])
  })

  test('LiveFeed after a resume catches up with points that are older than news', () => {
    const start = { position: 10, newest: now - 110_000, sentAt: now - 110_000, signature: 'same' }
    const live = feed({ resumed: true, start, latest: [] })
    const text = live.take(stored([point(1, now - 100_000), point(1, now)]), now)
    expect(events(text).map(({ event }) => event)).toEqual(['points'])
  })

  test('LiveFeed moves its id on with points and heartbeats', () => {
    const live = feed()
    const read = (text: string) => readResumeId(idIn(text), 'db', { now: now + 9, end: 99 })
    expect(read(live.hello('build', now))).toEqual({
      position: 10,
      newest: now - 1000,
      sentAt: now,
      signature: 'same',
    })
    const text = live.take(stored([point(1, now)], { position: 12, signature: 'other' }), now + 1)
    expect(read(text)).toEqual({ position: 12, newest: now, sentAt: now + 1, signature: 'other' })
    live.take(stored([point(1, now, 1, 'other')], { position: 13, signature: 'other' }), now + 2)
    expect(read(live.heartbeat(now + 9))).toEqual({
      position: 13,
      newest: now,
      sentAt: now + 9,
      signature: 'other',
    })
  })

  test('LiveFeed takes a long list', () => {
    const points = Array.from({ length: 200_000 }, (_, i) => point(1, now - 500_000 + i))
    expect(events(feed().take(stored(points), now))).toEqual([
      { event: 'late', data: { from: now - 500_000, to: now - 300_000 }, hasId: true },
    ])
  })
})

describe('readResumeId()', () => {
  const end = 100
  test.each([
    ...[undefined, '', 'x', 'db', 'db.5', 'db.5.6', `other.5.${now}.${now}.s`, `db.x.${now}.${now}.s`],
    ...[`db.1.5.${now}.${now}.s`, `db.101.${now}.${now}.s`, `db.5.${now}.${now - 120_001}.s`],
    ...[`db.5.${now}.${now + 120_001}.s`, `db.5.${now}.NaN.s`, `db.5.${now}.1e400.s`],
  ])('readResumeId(%s) refuses to go on', (id) => {
    expect(readResumeId(id, 'db', { now, end })).toBeNull()
  })

  test('readResumeId() goes on after two minutes', () => {
    const id = `db.100.${now - 9}.${now - 120_000}.s`
    expect(readResumeId(id, 'db', { now, end })).toEqual({
      ...{ position: 100, newest: now - 9, sentAt: now - 120_000, signature: 's' },
    })
  })
})
