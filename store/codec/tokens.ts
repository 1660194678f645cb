// Whole numbers of any size as a small alphabet: numbers below 16 are tokens of their own, larger ones share a
// token per half power of two and carry the rest as plain bits (the "hybrid integers" of JPEG XL, ISO 18181-1).

/** Numbers below this are their own token. */
const direct = 16

/** The token of a whole number from 0 to 2^53. */
export function tokenOf(value: number): number {
  if (value < direct) return value
  if (value < 0x8000_0000) {
    const exponent = 31 - Math.clz32(value)
    return direct + (exponent - 4) * 2 + ((value >>> (exponent - 1)) & 1)
  }
  const exponent = 62 - Math.clz32(Math.floor(value / 0x8000_0000))
  return direct + (exponent - 4) * 2 + (value >= 1.5 * 2 ** exponent ? 1 : 0)
}

/** How many plain bits follow a token. */
export const extraBits = (token: number): number => (token < direct ? 0 : ((token - direct) >> 1) + 3)

/** The least number with this token; the plain bits are added to it. */
export function tokenBase(token: number): number {
  if (token < direct) return token
  const exponent = ((token - direct) >> 1) + 4
  return 2 ** exponent + (token & 1) * 2 ** (exponent - 1)
}

/** Tokens are below this. */
export const tokenCount = direct + 2 * 50
