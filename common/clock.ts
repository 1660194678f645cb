// Time as an argument, so that tests can turn the clock: `now` may be stepped by the system, `monotonic` never is.

export interface Clock {
  /** Wall clock, integer milliseconds since 1970 UTC. */
  now(): number
  /** Milliseconds since an arbitrary start; never steps back or forward, may be fractional. */
  monotonic(): number
}
