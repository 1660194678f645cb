// What may be the name of a category or a series, for everybody who brings one.

import { maxNameLength } from '../../common/point.ts'

/** Control characters, halves of surrogate pairs, what stands for broken UTF-8, and what turns text around. */
export const unfit = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\uFFFD\u202A-\u202E\u2066-\u2069]/u

/** In words for people. */
export const expectedName = (least: number): string =>
  `text of ${least} to ${maxNameLength} characters without control characters`

export const isName = (text: string): boolean =>
  text.length > 0 && text.length <= maxNameLength && text.trim() === text && !unfit.test(text)
