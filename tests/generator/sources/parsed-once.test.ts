import { expect, test } from 'vitest'
import { parsedOnce } from '../../../generator/sources/parsed-once.ts'

test('parsedOnce() takes the same text apart once, and another anew', () => {
  const parsed: string[] = []
  const words = parsedOnce((text) => {
    parsed.push(text)
    return text.split(' ')
  })
  expect(words('a b')).toEqual(['a', 'b'])
  expect(words('a b')).toBe(words('a b'))
  expect(words('c')).toEqual(['c'])
  expect(words('a b')).toEqual(['a', 'b'])
  expect(parsed).toEqual(['a b', 'c', 'a b'])
})
