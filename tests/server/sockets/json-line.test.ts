import { expect, test } from 'vitest'
import { Naming } from '../../../server/formats/naming.ts'
import { readJsonLine, todayAt } from '../../../server/sockets/json-line.ts'

const at = (text: string): number => new Date(text).getTime()

test('todayAt() means today in the zone of this machine, and the nearer day around midnight', () => {
  const noon = at('2026-01-31T12:00:00')
  expect(todayAt('03:12:00', noon)).toBe(at('2026-01-31T03:12:00'))
  expect(todayAt('3:12', noon)).toBe(at('2026-01-31T03:12:00'))
  expect(todayAt('12:00:01.25', noon)).toBe(at('2026-01-31T12:00:01.250'))
  expect(todayAt('23:59:58', at('2026-01-31T00:00:02'))).toBe(at('2026-01-30T23:59:58'))
  expect(todayAt('00:00:03', at('2026-01-31T23:59:58'))).toBe(at('2026-02-01T00:00:03'))
  expect(todayAt('25:00:00', noon)).toBeUndefined()
  expect(todayAt('2026-01-31', noon)).toBeUndefined()
})

test('readJsonLine() takes every number of an object; texts are its machine and tags', () => {
  const naming = new Naming({ category: '{field}', label: '{machine} {tags}' })
  const sender = { machine: '10.0.0.7', now: at('2026-01-31T12:00:00') }
  const text = '{"host": "nas", "room": "cellar", "time": 1769860320, "damp": 5, "on": true, "__proto__": 1}'
  expect(readJsonLine(text, sender, naming)).toMatchObject([
    { category: 'damp', label: 'nas room=cellar', time: 1769860320000, value: 5 },
    { category: '__proto__', value: 1 },
  ])
  expect(() => readJsonLine('{"timestamp": "soon", "a": 1}', sender, naming)).toThrow(
    'timestamp is not a time',
  )
})
