import { expect, test } from 'vitest'
import { csv } from '../../../common/formats/csv.ts'
import { read } from './read.ts'

const good = { project: 'board', category: 'cpu', label: 'core 0', time: 1_700_000_000_000, value: 3.5 }

test('csv finds its columns by their names, in any order and with others between', () => {
  const text = '\r\nValue,unit,LABEL, time ,category\r\n3.5,%,core 0,1700000000,cpu\r\n'
  expect(read(csv, text)).toEqual({ points: [{ ...good, project: undefined }], refused: [] })
})

test('csv without a header takes the order in which it is written', () => {
  expect(read(csv, 'board,cpu,core 0,2023-11-14T22:13:20Z,3.5\n').points).toEqual([good])
})

test('csv says of each bad line what is wrong and reads the others', () => {
  const text = [
    'project,category,label,time,value',
    'board,cpu,core 0,1700000000000,3.5',
    'board,cpu,core 0,yesterday,3.5',
    'board,cpu,core 0,1700000000001,warm',
    'board,cpu,core 0,1700000000002,1e999',
    'board,cpu,core 0,1700000000003,',
    'board,cpu,core 0,1700000000004,0x10',
    'board,,core 0,1700000000005,1',
    `board,cpu,${'x'.repeat(129)},1700000000006,1`,
    'board,cpu,core 0',
    ',cpu,core 0,1700000000000,3.5',
  ].join('\n')
  const { points, refused } = read(csv, text)
  expect(points).toEqual([good, { ...good, project: undefined }])
  expect(refused).toEqual([
    [3, '"yesterday" is not a time'],
    [4, '"warm" is not a finite decimal number'],
    [5, '"1e999" is not a finite decimal number'],
    [6, '"" is not a finite decimal number'],
    [7, '"0x10" is not a finite decimal number'],
    [8, 'category is empty'],
    [9, 'label is longer than 128 characters'],
    [10, 'has 3 of 5 fields (project, category, label, time, value)'],
  ])
})

test('csv reads records over several lines and loses only the line whose quotation mark is open', () => {
  const record = (label: string) => `board,cpu,${label},1700000000000,3.5`
  const open = 'board,cpu,"core,1,2'
  const { points, refused } = read(
    csv,
    [record('"a\nb ""c"""'), open, ...Array(500).fill(record('core 0'))].join('\n'),
  )
  expect(points).toHaveLength(501)
  expect(points[0]?.label).toBe('a\nb "c"')
  expect(refused).toEqual([[3, 'a quotation mark is not closed']])
  expect(read(csv, `${record('core 0')}\n${open}\n${record('core 0')}`)).toEqual({
    points: [good, good],
    refused: [[2, 'a quotation mark is not closed']],
  })
})
