import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readMuninConfig, readMuninGraphs } from '../../../../generator/plugins/formats/munin.ts'
import { type Format, formatOf, readOutput } from '../../../../generator/plugins/formats/output.ts'

const read = (text: string, code = 0) => readOutput(text, formatOf(text, code), code)
const readings = (text: string, code = 0) => read(text, code).parts[0]?.readings

test.each<[Format, string, number]>([
  ['lines', 'living room 21.5 °C\n', 0],
  ['lines', 'load: 0.5\n', 0],
  ['lines', 'a=1\n', 0],
  ['json', ' {"a": 1}', 0],
  ['json', '[{"label": "a", "value": 1}]', 0],
  ['influx', 'weather,place=roof temperature=7.5 1700000000000000000\n', 0],
  ['influx', '# a comment\ncpu usage=1i\n', 0],
  ['prometheus', '# HELP x An x.\n# TYPE x gauge\nx 1\n', 0],
  ['prometheus', 'up{job="a"} 1\n', 0],
  ['munin', 'load.value 0.5\n', 0],
  ['nagios', 'LOAD OK - load average: 0.1|load1=0.100;5;10;0;\n', 0],
  ['nagios', 'PROCS CRITICAL: 9 processes\n', 2],
  ['lines', 'PROCS CRITICAL 9\n', 17],
])('formatOf() tells %s by %j', (format, text, code) => {
  expect(formatOf(text, code)).toBe(format)
})

describe('readOutput()', () => {
  test('reads lines with labels of several words, quotes, units and none', () => {
    expect(readings('disk 1 45 %\n"last 5" 7\ncore: -1.5e3 celsius\nbees = 3 bees\n# min: 0\n\n')).toEqual({
      'disk 1': { value: 45, unit: '%' },
      'last 5': { value: 7 },
      core: { value: -1500, unit: '°C' },
      bees: { value: 3, unit: { free: 'bees' } },
    })
    expect(read('# unit: percent\n# graph: no\na 1\n').words).toEqual({ unit: '%', graph: false })
    expect(read('a 1\nnonsense\n').failure).toBe('"nonsense" is not: label value unit')
    expect(() => read('nothing here')).toThrow('is not: label value unit')
  })

  test('reads JSON of objects in objects, of categories, and names its mistakes', () => {
    expect(readings('{"cpu": {"user": 1, "idle": {"value": 2, "unit": "percent"}}, "on": true}')).toEqual({
      ...{ 'cpu user': 1, on: 1 },
      'cpu idle': { value: 2, unit: '%' },
    })
    const { parts } = read(
      '{"categories": {"a": {"unit": "s", "graph": false, "readings": {"x": 1}}, "b": {"y": 2}}}',
    )
    expect(parts).toEqual([
      { name: 'a', readings: { x: 1 }, words: { unit: 's', graph: false } },
      { name: 'b', readings: { y: 2 } },
    ])
    expect(() => read('{"a": }')).toThrow('it printed JSON with a mistake')
  })

  test('reads every measurement of the line protocol with its tags, and leaves texts out', () => {
    const { parts } = read('disk,path=/,host=a used=5i,mode="rw"\ncpu,cpu=cpu0 value=3\n')
    expect(parts).toEqual([
      { name: 'disk', readings: { '/ a used': 5 } },
      { name: 'cpu', readings: { cpu0: 3 } },
    ])
  })

  test('reads Prometheus’ kinds, labels with signs in them, and what is no number', () => {
    const { parts } = read(
      `# TYPE http_requests_total counter
http_requests_total{code="200",path="/a\\"b,c}"} 1027 1395066363000
# TYPE wait_seconds histogram
wait_seconds_bucket{le="0.1"} 5
wait_seconds_sum 53.4
memory_bytes NaN
`,
    )
    expect(parts[0]?.readings).toEqual({
      wait_seconds_sum: { value: 53.4, kind: 'counter', unit: { free: 's/s' } },
      memory_bytes: { value: null, kind: 'gauge', unit: 'byte' },
    })
    expect(parts[1]).toMatchObject({
      name: 'http_requests_total',
      readings: { '200 /a"b,c}': { value: 1027, kind: 'counter', unit: '1/s' } },
    })
  })

  test('reads a check’s limits, units, quotes and state', () => {
    const text = "DISK WARNING - free|'a b'=12MB;20;10:30;0;40 time=3ms;;~:5 hits=7c x=U\nmore|y=1%\n"
    expect(readings(text, 1)).toEqual({
      'a b': { value: 12 * 2 ** 20, unit: 'byte', min: 0, max: 40 * 2 ** 20 },
      time: { value: 0.003, unit: 's', max: 0.005 },
      hits: { value: 7, unit: '1/s', kind: 'counter' },
      x: { value: null, unit: '' },
      y: { value: 1, unit: '%' },
      state: { value: 1, unit: '', min: 0, max: 3 },
    })
    expect(read(text, 1).words?.alerts).toContainEqual({
      ...{ series: 'a b', above: 30 * 2 ** 20, below: 10 * 2 ** 20, text: 'critical' },
    })
    expect(() => read('CHECK UNKNOWN - no such disk', 3)).toThrow('no such disk')
  })

  test('is done in a moment with whatever a quarter of a megabyte may hold', () => {
    const size = 256 * 1024
    const units = [
      'a',
      "'",
      'a{',
      'a{\n',
      'x=',
      ' ',
      'a b ',
      '\\ ',
      ',a',
      'x|a',
      '"',
      'a="',
      '{"a":',
      'OK|',
      'a 1\n',
      'a{b="c"} 1\n',
    ]
    for (const unit of units) {
      const began = performance.now()
      for (const text of [unit.repeat(size / unit.length), `OK |${unit.repeat(size / unit.length)}`]) {
        try {
          read(text)
        } catch {}
      }
      expect(performance.now() - began, JSON.stringify(unit)).toBeLessThan(1000)
    }
  })

  test('throws in words or reads, whatever is printed', () => {
    const piece = fc.constantFrom(
      '{',
      '"a"',
      ':',
      '1',
      '}',
      'a.value',
      ' 5',
      '\n',
      '|',
      'x=1;2',
      '# TYPE',
      'OK',
      ',t=v',
      '=',
      '[',
      '\\',
      '"',
    )
    const texts = fc.oneof(
      fc.string(),
      fc.array(piece, { maxLength: 20 }).map((parts) => parts.join('')),
    )
    fc.assert(
      fc.property(texts, fc.constantFrom(0, 2, 9), (text, code) => {
        try {
          expect(Array.isArray(read(text, code).parts)).toBe(true)
        } catch (error) {
          expect((error as Error).name).toMatch(/^(Error|Problem)$/)
        }
      }),
      { numRuns: 500 },
    )
  })
})

test('readMuninConfig() takes labels, units, kinds, scales, limits and several graphs', () => {
  const config = `multigraph net
graph_title Traffic
graph_vlabel bits in (-) / out (+) per \${graph_period}
graph_args --base 1000 -l 0 --upper-limit 100
down.label received
down.type DERIVE
down.cdef down,8,*
down.graph no
up.label sent
up.type DERIVE
multigraph temperature
graph_title Temperature
graph_vlabel Celsius
update_rate 30
t.label board
t.warning 60
t.critical :70
t.info The board.
`
  const { graphs, every } = readMuninConfig(config)
  expect(every).toBe(30)
  expect(graphs.map(({ name, words }) => [name, words.unit, words.min])).toEqual([
    ['net', 'bit/s', 0],
    ['temperature', '°C', undefined],
  ])
  expect(graphs[1]?.words.alerts).toEqual([
    { series: 'board', text: 'warning', above: 60 },
    { series: 'board', text: 'critical', above: 70 },
  ])
  const values = 'multigraph net\ndown.value 1000\nup.value U\nmultigraph temperature\nt.value 41.5\n'
  expect(readMuninGraphs(values, graphs, 10).map(({ readings }) => readings)).toEqual([
    { received: { value: 8000, kind: 'counter' }, sent: { value: null, kind: 'counter' } },
    { board: { value: 41.5, kind: 'gauge', max: 70 } },
  ])
  expect(() => readMuninConfig('graph_title nothing')).toThrow('named no field')
})
