import { expect, test } from 'vitest'
import { Failures } from '../../generator/failures.ts'
import { FakeTime } from './support/fake-time.ts'

function setUp(known: Readonly<Record<string, string>> = {}) {
  const clock = new FakeTime(0)
  const log: string[] = []
  const reports: [string, string | null][] = []
  const failures = new Failures({
    outbox: { report: (category, message) => void reports.push([category, message]) },
    clock,
    log: (line) => log.push(`${clock.monotonic() / 1000} s ${line}`),
    known: new Map(Object.entries(known)),
  })
  /** One round a second; what became of the gather in each. */
  const rounds = (outcomes: readonly (string | null)[]) => {
    for (const outcome of outcomes) {
      failures.note('load', outcome)
      clock.spend(1000)
    }
  }
  return { failures, log, reports, rounds }
}

const everyOther = (count: number) => Array.from({ length: count }, (_, n) => (n % 2 === 0 ? 'loose' : null))

test('note() says once when a failure begins and once when it ends, whatever the message becomes', () => {
  const { log, reports, rounds } = setUp()
  rounds([null, 'loose', 'loose', 'gone', null, null])
  expect(log).toEqual(['1 s generator: load fails: loose', '4 s generator: load works again'])
  expect(reports).toEqual([
    ['load', 'loose'],
    ['load', 'gone'],
    ['load', null],
  ])
})

test('note() says a pair of lines a minute of a gather that fails every other round, and shows every change', () => {
  const { log, reports, rounds } = setUp()
  rounds(everyOther(122))
  expect(log).toEqual([
    ...['0 s generator: load fails: loose', '1 s generator: load works again'],
    ...['60 s generator: load fails: loose', '61 s generator: load works again'],
    ...['120 s generator: load fails: loose', '121 s generator: load works again'],
  ])
  expect(reports).toHaveLength(122)
})

test('note() says later that a gather fails which goes on failing after it was damped', () => {
  const { log, rounds } = setUp()
  rounds([...everyOther(4), ...Array.from({ length: 100 }, () => 'loose'), null])
  expect(log).toEqual([
    ...['0 s generator: load fails: loose', '1 s generator: load works again'],
    ...['60 s generator: load fails: loose', '104 s generator: load works again'],
  ])
})

test('note() says that a failure is over which an earlier run began', () => {
  const { log, rounds } = setUp({ load: 'loose' })
  rounds(['loose', null])
  expect(log).toEqual(['1 s generator: load works again'])
})

test('forgetAllBut() ends the failures of categories that nobody gathers any more, without a word', () => {
  const { failures, log, reports } = setUp({ load: 'loose', gone: 'loose' })
  failures.forgetAllBut(new Set(['load']))
  expect(reports).toEqual([['gone', null]])
  expect(log).toEqual([])
})
