import { describe, expect, test } from 'vitest'
import { initialView, lastNight, readAddress, writeAddress } from '../../../web/view/address.ts'
import { defaultLimits } from '../../../web/view/view.ts'

const now = Date.UTC(2026, 10, 22, 12)
const hour = 3_600_000

describe('readAddress()', () => {
  test('reads project, window and cursor', () => {
    const address = readAddress(`?project=nas&from=1000&to=2000&cursor=1500`, now)
    expect(address).toEqual({ project: 'nas', from: 1000, to: 2000, cursor: 1500, range: null })
  })

  test('leaves out what is no number and what is no window', () => {
    const nothing = { project: '', from: null, to: null, cursor: null, range: null }
    expect(readAddress('?from=soon&to=2000&cursor=NaN&range=-5', now)).toEqual(nothing)
    expect(readAddress('?from=2000&to=1000', now)).toEqual(nothing)
    expect(readAddress('?from=-5&to=2000&cursor=9999999999999999', now)).toEqual(nothing)
    expect(readAddress('?from=0&to=999999999999999', now)).toEqual(nothing)
    expect(readAddress('?range=999999999999999', now)).toEqual(nothing)
    expect(readAddress('', now)).toEqual(nothing)
  })

  test('knows last night', () => {
    const { from, to } = readAddress('?show=last-night', now)
    expect({ from, to }).toEqual(lastNight(now))
  })
})

test('lastNight() is from ten to seven, and ends now while it lasts', () => {
  const noon = new Date(2026, 10, 22, 12).getTime()
  expect(lastNight(noon)).toEqual({
    from: new Date(2026, 10, 21, 22).getTime(),
    to: new Date(2026, 10, 22, 7).getTime(),
  })
  const lateEvening = new Date(2026, 10, 22, 23).getTime()
  expect(lastNight(lateEvening)).toEqual({ from: new Date(2026, 10, 22, 22).getTime(), to: lateEvening })
})

describe('initialView()', () => {
  const live = { project: '', from: null, to: null, cursor: null, range: null }

  test('is live without a window in the address', () => {
    expect(initialView(live, now, hour)).toEqual({ from: now - hour, to: now, live: true, cursor: null })
    const { from } = initialView({ ...live, range: 60_000 }, now, hour)
    expect(from).toBe(now - 60_000)
  })

  test('is never longer or shorter than a window may be, whatever is remembered', () => {
    const longest = initialView(live, now, 999_999_999_999_999)
    expect(longest.to - longest.from).toBe(defaultLimits.longest)
    const shortest = initialView(live, now, -1)
    expect(shortest.to - shortest.from).toBe(defaultLimits.shortest)
  })

  test('is the address’s window, with a cursor only inside it', () => {
    const past = { ...live, from: 1000, to: 2000 }
    expect(initialView(past, now, hour)).toEqual({ from: 1000, to: 2000, live: false, cursor: null })
    expect(initialView({ ...past, cursor: 1500 }, now, hour).cursor).toBe(1500)
    expect(initialView({ ...past, cursor: 5000 }, now, hour).cursor).toBeNull()
  })

  test('stands around a cursor that a live window has left behind', () => {
    const cursor = now - 5 * hour
    const view = initialView({ ...live, range: hour, cursor }, now, hour)
    expect(view).toEqual({ from: cursor - hour / 2, to: cursor + hour / 2, live: false, cursor })
  })
})

test('writeAddress() and readAddress() are the reverse of each other', () => {
  for (const state of [
    { from: 1000, to: 2000, live: false, cursor: 1500 },
    { from: 1000, to: 2000, live: false, cursor: null },
    { from: now - hour, to: now, live: true, cursor: now - 1000 },
  ]) {
    const address = readAddress(writeAddress('a b&c', state), now)
    expect(address.project).toBe('a b&c')
    expect(initialView(address, now, hour)).toEqual(state)
  }
})
