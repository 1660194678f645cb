import { expect, test } from 'vitest'
import { openTemporary, temporaryFile } from './temporary.ts'

const point = (label: string, time: number, value: number) => ({
  project: 'm',
  category: 'foo',
  label,
  time,
  value,
})

test('since() gives what was committed after a position, in order, by any process', () => {
  const file = temporaryFile()
  const writer = openTemporary(file)
  const reader = openTemporary(file)
  writer.append([point('bar', 1000, 1)])
  const position = reader.position()
  writer.append([point('bar', 2000, 2)])
  writer.append([point('new', 3000, 3)])
  const { points, position: next } = reader.since(position)
  expect(points).toEqual([
    { project: 'm', category: 'foo', id: 1, time: 2000, value: 2 },
    { project: 'm', category: 'foo', id: 2, time: 3000, value: 3 },
  ])
  expect(reader.since(next)).toEqual({ position: next, points: [] })
})

test('since() goes on when the clock was set back, and shows late and replaced points', () => {
  const store = openTemporary()
  store.append([point('bar', 10_000_000, 1)])
  for (const [time, value] of [
    [6_400_000, 2],
    [6_401_000, 3],
    [10_000_000, 4],
  ] as const) {
    const position = store.position()
    store.append([point('bar', time, value)])
    expect(store.since(position).points).toEqual([{ project: 'm', category: 'foo', id: 1, time, value }])
  }
})

test('since() shows a series that joined a time which was stored before', () => {
  const store = openTemporary()
  store.append([point('bar', 1000, 1)])
  const position = store.position()
  store.append([point('baz', 1000, 2)])
  expect(store.since(position).points).toContainEqual({
    project: 'm',
    category: 'foo',
    id: 2,
    time: 1000,
    value: 2,
  })
})

test('since() stays silent when a point is stored again as it was', () => {
  const store = openTemporary()
  store.append([point('bar', 1000, -0)])
  const position = store.position()
  store.append([point('bar', 1000, -0)])
  expect(store.since(position)).toEqual({ position, points: [] })
})

test('since() starts over at the end when the position is from another database', () => {
  const store = openTemporary()
  store.append([point('bar', 1000, 1)])
  expect(store.since(1e6)).toEqual({ position: store.position(), points: [] })
})

test('since() hands out a long absence in parts without losing a point', () => {
  const store = openTemporary()
  const times = Array.from({ length: 45_000 }, (_, n) => n * 10)
  store.append(times.map((time) => point('bar', time, time)))
  const seen: number[] = []
  let parts = 0
  for (let position = 0; ; parts++) {
    const next = store.since(position)
    if (next.position === position) break
    seen.push(...next.points.map(({ time }) => time))
    position = next.position
  }
  expect(seen).toEqual(times)
  expect(parts).toBe(3)
})

test('version() changes with every commit of this and of another process, and only then', () => {
  const file = temporaryFile()
  const one = openTemporary(file)
  const other = openTemporary(file)
  const seen = () => [one.version(), other.version()]
  for (const write of [
    () => one.append([point('bar', 1000, 1)]),
    () => other.append([point('bar', 2000, 1)]),
    () => one.report('m', 'foo', 'no sensor', 5),
  ]) {
    const [before, same] = [seen(), seen()]
    expect(same).toEqual(before)
    write()
    const after = seen()
    expect(after[0]).not.toBe(before[0])
    expect(after[1]).not.toBe(before[1])
  }
})
