import { describe, expect, test } from 'vitest'
import { arranged, hide, move, pin, unarranged } from '../../../web/first/arrange.ts'

const names = ['a', 'b', 'c', 'd']

describe('arranged()', () => {
  test('leaves the order as it is until somebody changes it', () => {
    expect(arranged(names, unarranged)).toEqual(names)
  })

  test('puts pinned cards first and hidden ones away', () => {
    const arrangement = hide(pin(unarranged, 'c'), 'a')
    expect(arranged(names, arrangement)).toEqual(['c', 'b', 'd'])
    expect(arranged(names, hide(pin(arrangement, 'c'), 'a'))).toEqual(names)
  })

  test('puts cards that are new behind those that were moved, whatever is no longer there', () => {
    const arrangement = { ...unarranged, order: ['gone', 'd', 'a'] }
    expect(arranged(names, arrangement)).toEqual(['d', 'a', 'b', 'c'])
  })
})

describe('move()', () => {
  test('exchanges neighbours, also after each other', () => {
    const once = move(names, unarranged, 'c', -1)
    expect(arranged(names, once)).toEqual(['a', 'c', 'b', 'd'])
    expect(arranged(names, move(names, once, 'c', -1))).toEqual(['c', 'a', 'b', 'd'])
    expect(arranged(names, move(names, once, 'b', 1))).toEqual(['a', 'c', 'd', 'b'])
  })

  test('does nothing at the ends, between pinned and others, and with what is hidden', () => {
    expect(move(names, unarranged, 'a', -1)).toBe(unarranged)
    expect(move(names, unarranged, 'd', 1)).toBe(unarranged)
    const pinned = pin(unarranged, 'a')
    expect(move(names, pinned, 'b', -1)).toBe(pinned)
    const hidden = hide(unarranged, 'b')
    expect(move(names, hidden, 'b', 1)).toBe(hidden)
    expect(arranged(names, move(names, hidden, 'c', -1))).toEqual(['c', 'a', 'd'])
  })

  test('moves among pinned cards', () => {
    const two = pin(pin(unarranged, 'c'), 'd')
    expect(arranged(names, move(names, two, 'd', -1))).toEqual(['d', 'c', 'a', 'b'])
  })
})
