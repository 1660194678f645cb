import { expect, test } from 'vitest'
import { ndjson } from '../../../common/formats/ndjson.ts'
import { read } from './read.ts'

const good = { project: undefined, category: 'cpu', label: 'core 0', time: 1_700_000_000_000, value: 3.5 }
const line = (given: object) =>
  JSON.stringify({ category: 'cpu', label: 'core 0', time: 1_700_000_000, value: 3.5, ...given })

test('ndjson reads times and values as numbers or text, and passes over what it does not know', () => {
  const lines = [line({}), '', line({ time: '2023-11-14T22:13:20Z', value: '3.5', unit: '%', project: null })]
  expect(read(ndjson, lines.join('\r\n'))).toEqual({ points: [good, good], refused: [] })
})

test('ndjson says of each bad line what is wrong and reads the others', () => {
  const { points, refused } = read(
    ndjson,
    [
      line({}),
      '{"category":',
      '[1]',
      line({ label: undefined }),
      line({ category: 3 }),
      line({ value: null }),
      line({ value: true }),
      line({ time: undefined }),
      line({ project: '' }),
      line({ label: '\ud800' }),
      line({ project: 'board' }),
    ].join('\n'),
  )
  expect(points).toEqual([good, { ...good, project: 'board' }])
  expect(refused).toEqual([
    [2, '"{\\"category\\":" is not a JSON object'],
    [3, '"[1]" is not a JSON object'],
    [4, 'label is missing'],
    [5, 'category is not text'],
    [6, 'value is not a number'],
    [7, 'value is not a number'],
    [8, 'time is missing'],
    [9, 'project is empty'],
    [10, 'label is not text'],
  ])
})
