import { describe, expect, test } from 'vitest'
import { seriesColor } from '../../../web/theme/palette.ts'

// Simulation of colour blindness by Machado, Oliveira and Fernandes (2009), severity 1, on linear RGB; distances in
// OKLab (Ottosson 2020); contrast by WCAG 2.

type Triple = readonly [number, number, number]

const linear = (channel: number): number =>
  channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4

const read = (hex: string): Triple => {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) =>
    linear(Number.parseInt(hex.slice(at, at + 2), 16) / 255),
  )
  return [r, g, b]
}

const dot = (row: Triple, [a, b, c]: Triple): number => row[0] * a + row[1] * b + row[2] * c
const times = ([x, y, z]: readonly [Triple, Triple, Triple], color: Triple): Triple => [
  Math.max(0, dot(x, color)),
  Math.max(0, dot(y, color)),
  Math.max(0, dot(z, color)),
]

const eyes: Record<string, readonly [Triple, Triple, Triple]> = {
  usual: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
}

function oklab(color: Triple): Triple {
  const l = Math.cbrt(dot([0.4122214708, 0.5363325363, 0.0514459929], color))
  const m = Math.cbrt(dot([0.2119034982, 0.6806995451, 0.1073969566], color))
  const s = Math.cbrt(dot([0.0883024619, 0.2817188376, 0.6299787005], color))
  return [
    dot([0.2104542553, 0.793617785, -0.0040720468], [l, m, s]),
    dot([1.9779984951, -2.428592205, 0.4505937099], [l, m, s]),
    dot([0.0259040371, 0.7827717662, -0.808675766], [l, m, s]),
  ]
}

const distance = (a: Triple, b: Triple): number => Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2])
const luminance = (color: Triple): number => dot([0.2126, 0.7152, 0.0722], color)
const contrast = (a: Triple, b: Triple): number => {
  const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y)
  return (high + 0.05) / (low + 0.05)
}

describe.each([
  { theme: 'light', isDark: false, card: '#ffffff' },
  { theme: 'dark', isDark: true, card: '#15181e' },
])('seriesColor() in $theme', ({ isDark, card }) => {
  const hues = Array.from({ length: 8 }, (_, index) => read(seriesColor(index, isDark)))

  test('has at least 3:1 against the card', () => {
    for (const hue of hues) expect(contrast(hue, read(card))).toBeGreaterThanOrEqual(3)
  })

  test.each(Object.entries(eyes))('stays apart for eyes with %s', (_, matrix) => {
    const seen = hues.map((hue) => oklab(times(matrix, hue)))
    for (const [i, a] of seen.entries()) {
      for (const [j, b] of seen.entries()) {
        if (j < i) expect(distance(a, b)).toBeGreaterThan(i < 4 ? 0.11 : 0.07)
      }
    }
  })

  test('gives the ninth another shade of the first', () => {
    expect(seriesColor(8, isDark)).not.toBe(seriesColor(0, isDark))
    expect(seriesColor(8, isDark)).toMatch(/^#[0-9a-f]{6}$/)
    expect(seriesColor(24, isDark)).toBe(seriesColor(0, isDark))
  })
})
