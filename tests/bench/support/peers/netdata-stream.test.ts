import { expect, test } from 'vitest'
import { chartDefinition, replication } from '../../../../bench/support/peers/netdata-stream.ts'

test('chartDefinition() names a dimension for each label', () => {
  expect(chartDefinition('disk I/O', 10, ['sda read', 'sdb'])).toBe(
    'CHART "disk_I_O.every_10_s" "" "disk I/O" "" "disk I/O" "disk_I_O.every_10_s" "line" 1000 10 "" "bench" "bench"\n' +
      'DIMENSION "sda read" "sda read" "absolute" 1 1 ""\n' +
      'DIMENSION "sdb" "sdb" "absolute" 1 1 ""\n',
  )
})

test('replication() writes a chart at a time, each round in the interval that it ends', () => {
  const block = {
    series: [
      { category: 'a', label: 'x' },
      { category: 'b', label: 'y' },
    ],
    times: [100_000, 110_000],
    values: Float64Array.of(1, 2, 3, 4.5),
  }
  expect(replication(block, 10).split('\n')).toEqual([
    'RBEGIN "a.every_10_s" 90 100 110',
    'RSET "x" 1 ""',
    'RBEGIN "a.every_10_s" 100 110 110',
    'RSET "x" 3 ""',
    'REND 10 110 110 true 110 110 110',
    'RBEGIN "b.every_10_s" 90 100 110',
    'RSET "y" 2 ""',
    'RBEGIN "b.every_10_s" 100 110 110',
    'RSET "y" 4.5 ""',
    'REND 10 110 110 true 110 110 110',
    '',
  ])
})
