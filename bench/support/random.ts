// Chance that comes out the same on every run, so that two stores are given the same points.

/** Numbers in [0, 1) from a seed: mulberry32 by Tommy Ettinger (public domain). */
export function random(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** Roughly normal, mean 0 and variance 1, from three uniform draws: cheap, and never further out than 3. */
export const roughlyNormal = (draw: () => number): number => 2 * (draw() + draw() + draw() - 1.5)
