import { expect, test } from 'vitest'
import { megabytes } from '../../../cli/texts.ts'
import { retentionCost } from '../../../common/retention-cost.ts'
import { install, rounds } from '../pocketstats.ts'

const day = 86_400

test('store shows what is held and what settings would cost, before they are saved', async () => {
  const { run, data, withStore } = install('[Generator]\nMaxAge = 90d\nFullResolution = 7d\n')
  const from = Math.floor(Date.now() / 1000) * 1000 - 15_000_000
  withStore((store) => {
    store.append(rounds(from, 15_000))
    store.sealAll()
    store.append([{ project: 'board', category: 'a b', label: 'c', time: from, value: 1 }])
  })
  const present = await run(['store'])
  expect(present).toMatchObject({ code: 0, err: '' })
  expect(present.out).toMatch(/^project +category +points +series +oldest +newest +packed\n/)
  expect(present.out).toMatch(
    /^board +foo +30,000 +2 +20\d\d-\d\d-\d\d [\d:]{8} +20\d\d-\d\d-\d\d [\d:]{8} +0\.\d\d MB$/m,
  )
  expect(present.out).toMatch(/^board +a b +1 +1 /m)
  expect(present.out).toContain(`${data}: `)
  expect(present.out).toMatch(/^Bytes a point: \d\.\d\d packed, \d\.\d\d of the whole file/m)
  expect(present.out).toMatch(/^At the present rate: 17\d,\d{3} points a day, 0\.\d\d MB a day$/m)

  const other = await run(['store', '--max-age', '10y', '--full-resolution', '1y'])
  const sizes = [...other.out.matchAll(/MaxAge (\w+) and FullResolution (\w+): ([\d.,]+ MB) in the end/g)]
  const holdings = withStore((store) => store.holdings(Date.now()))
  const cost = (maxAge: number, full: number) =>
    megabytes(
      retentionCost(holdings, { maxAgeSeconds: maxAge * day, fullResolutionSeconds: full * day }).bytes,
    )
  expect(sizes.map(([, ...found]) => found.slice(0, 2))).toEqual([
    ['90d', '7d'],
    ['10y', '1y'],
  ])
  const number = (text = ''): number => Number.parseFloat(text.replaceAll(',', ''))
  expect(number(sizes[0]?.[3]) / number(cost(90, 7))).toBeCloseTo(1, 1)
  expect(number(sizes[1]?.[3]) / number(cost(3650, 365))).toBeCloseTo(1, 1)
  expect(other.out).toMatch(/by the measure of this database/)
})
