// The words in which every format speaks to the one way in.

/** What the sender says of the series (unit, limits) and of its category (help, graph, interval). */
export interface Says {
  unit?: string | undefined
  min?: number | undefined
  max?: number | undefined
  help?: string | undefined
  graph?: boolean | undefined
  everySeconds?: number | undefined
}

/** The first refusals are told one by one, of all others how many there are. */
export const mostRefusalsTold = 100
