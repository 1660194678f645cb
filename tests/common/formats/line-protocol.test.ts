import { expect, test } from 'vitest'
import { lineProtocol } from '../../../common/formats/line-protocol.ts'
import { read } from './read.ts'

const time = 1_700_000_000_123

test('lineProtocol writes one line for all series of a category at one time', () => {
  const { text } = lineProtocol.writer()
  const point = { project: 'board', category: 'cpu load', time }
  expect(
    text([
      { ...point, label: 'core 0', value: 3.5 },
      { ...point, label: 'a=b,c', value: -0 },
      { ...point, label: 'core 0', time: time + 1, value: 4 },
    ]),
  ).toBe(
    'cpu\\ load,project=board core\\ 0=3.5,a\\=b\\,c=-0 1700000000123000000\n' +
      'cpu\\ load,project=board core\\ 0=4 1700000000124000000\n',
  )
})

test('lineProtocol reads what other programs write', () => {
  const { points, refused } = read(
    lineProtocol,
    [
      '# from somewhere',
      'cpu,host=a\\ b,cpu=cpu0 usage_user=3.5,count=42i,on=t,off=FALSE 1700000000123456789',
      'C:\\new free=1u -5000000',
      '  weather,project=green temperature=21.4 1700000000123000000\r',
    ].join('\n'),
  )
  expect(refused).toEqual([])
  const cpu = { project: undefined, category: 'cpu host=a b cpu=cpu0', time }
  expect(points).toEqual([
    { ...cpu, label: 'usage_user', value: 3.5 },
    { ...cpu, label: 'count', value: 42 },
    { ...cpu, label: 'on', value: 1 },
    { ...cpu, label: 'off', value: 0 },
    { project: undefined, category: 'C:\\new', label: 'free', time: -5, value: 1 },
    { project: 'green', category: 'weather', label: 'temperature', time, value: 21.4 },
  ])
})

test('lineProtocol reads times of other precisions where it is told', () => {
  for (const [precision, text] of [
    ['us', '1700000000123456'],
    ['ms', '1700000000123'],
  ] as const) {
    expect(read(lineProtocol, `a b=1 ${text}`, { precision }).points[0]?.time).toBe(time)
  }
  expect(read(lineProtocol, 'a b=1 1700000000', { precision: 's' }).points[0]?.time).toBe(1_700_000_000_000)
})

test('lineProtocol says what is wrong with a line or with a field of it and reads the rest', () => {
  const { points, refused } = read(
    lineProtocol,
    [
      'cpu',
      'cpu a=1',
      'cpu a=1 soon',
      'cpu a=1,text="x, y=2 z",b=2 1700000000123000000',
      'cpu a=NaN,b=2 1700000000123000000',
      'cpu =1,b=2 1700000000123000000',
      'cpu  1700000000123000000',
    ].join('\n'),
  )
  const b = { project: undefined, category: 'cpu', label: 'b', time, value: 2 }
  expect(points).toEqual([{ ...b, label: 'a', value: 1 }, b, b, b])
  expect(refused).toEqual([
    [1, '"cpu" is not a line of the line protocol'],
    [2, 'time is missing'],
    [3, '"soon" is not a time'],
    [4, '"text" is text, not a number'],
    [5, '"NaN" is not a finite decimal number'],
    [6, 'label is empty'],
    [7, '"cpu  1700000000123000000" is not a line of the line protocol'],
  ])
})
