// A point is a time and a value of one series; its address is project, category and label.

export interface Point {
  /** The project's key: its public, stable name in addresses (not the secret id that allows adding). */
  project: string
  category: string
  label: string
  /** Integer milliseconds since 1970-01-01T00:00:00Z. */
  time: number
  /** A finite float64. */
  value: number
}

/** Longest project key or name, category and label, in UTF-16 code units. */
export const maxNameLength = 128

/** Points further ahead of the clock than this are refused. */
export const maxFutureMs = 5 * 60_000
