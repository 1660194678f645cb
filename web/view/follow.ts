// Keeps a live view at the present: short windows glide a pixel at a time, longer ones step once a second. Nothing
// runs while the page is hidden, and whoever asked for less motion gets steps only.

import type { View } from './view.ts'

/** Windows up to this long (ms) glide. */
export const longestGlide = 5 * 60_000

/** A window is moved this many times on its way across the screen: about a step a device pixel. */
const stepsAcross = 1000

let lessMotion: MediaQueryList | undefined

/** Whether the viewer asked for less motion. */
export function wantsLessMotion(): boolean {
  lessMotion ??= matchMedia('(prefers-reduced-motion: reduce)')
  return lessMotion.matches
}

/** Milliseconds until a live window of `span` ms is moved again. */
export function followEvery(span: number, stepping: boolean): number {
  return span <= longestGlide && !stepping ? Math.max(16, span / stepsAcross) : 1000
}

/** Lets `view` follow the present, `now()` in ms by the server's clock, until the returned function is called. */
export function followPresent(view: View, now: () => number): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let frame = 0
  const rest = () => {
    clearTimeout(timer)
    cancelAnimationFrame(frame)
  }
  const step = () => {
    rest()
    if (document.hidden) return
    view.follow(now())
    const { from, to } = view.state
    timer = setTimeout(
      () => {
        frame = requestAnimationFrame(step)
      },
      followEvery(to - from, wantsLessMotion()),
    )
  }
  document.addEventListener('visibilitychange', step)
  step()
  return () => {
    document.removeEventListener('visibilitychange', step)
    rest()
  }
}
