import { expect, test } from 'vitest'
import { timeText } from '../../../cli/texts.ts'
import { allPoints, install, rounds } from '../pocketstats.ts'
import { damage } from './damage.ts'

const start = Date.UTC(2026, 0, 1)
const hour = 3_600_000

test('check says that all is well, or which stretch of which category is damaged, and the rest still reads', async () => {
  const { run, data, withStore } = install()
  for (const part of [0, 1, 2]) {
    withStore((store) => {
      store.append(rounds(start + part * hour, 3600))
      store.sealAll()
    })
  }
  const well = await run(['check'])
  expect(well).toMatchObject({ code: 0, err: '' })
  expect(well.out).toMatch(/^\d+ chunks verified, all is well: /)

  damage(data, start + hour)
  const { code, out, err } = await run(['check'])
  expect([code, err]).toEqual([1, ''])
  const [line = '', summary = ''] = out.split('\n')
  expect(line).toMatch(/^damaged: board \/ foo: chunk \d+ \(points\) is damaged, /)
  expect(line).toContain(`${timeText(start + hour)} to ${timeText(start + 2 * hour - 999)}`)
  expect(summary).toMatch(/^1 damaged of \d+ chunks: /)
  expect(
    withStore(allPoints)
      .map(({ time }) => time)
      .filter((time) => time >= start + hour && time < start + 2 * hour),
  ).toEqual([])
  expect(withStore(allPoints)).toHaveLength(4 * 3600)
})
