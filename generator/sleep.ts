// Waiting as an argument, beside the clock, so that tests can turn both.

/** Resolves after so many milliseconds of monotonic time, or as soon as the signal aborts; never rejects. */
export type Sleep = (ms: number, signal?: AbortSignal) => Promise<void>

/** Who sleeps, by the signal that wakes all of them: a listener of its own for each sleep costs more than the sleep. */
const sleepers = new WeakMap<AbortSignal, Set<() => void>>()

export const sleep: Sleep = (ms, signal) =>
  new Promise((resolve) => {
    if (signal?.aborted) return resolve()
    const woken = signal && sleepersOf(signal)
    const end = (): void => {
      clearTimeout(timer)
      woken?.delete(end)
      resolve()
    }
    const timer = setTimeout(end, ms)
    woken?.add(end)
  })

function sleepersOf(signal: AbortSignal): Set<() => void> {
  const known = sleepers.get(signal)
  if (known) return known
  const made = new Set<() => void>()
  sleepers.set(signal, made)
  signal.addEventListener('abort', () => {
    for (const end of [...made]) end()
  })
  return made
}
