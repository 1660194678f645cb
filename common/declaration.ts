// What a category and its series say about themselves. The generator stores it, the server serves it, the
// app draws what it finds; neither server nor app knows any category by name.

export interface Declaration {
  /** One sentence for people: what the numbers are. */
  help: string
  /** Base unit of every series that names none: `%`, `byte`, `byte/s`, `°C`, `s`, or free text; '' for none. */
  unit: string
  /** False: rows with bars only, no graph. */
  graph: boolean
  /** Nominal seconds between two points; 0 when irregular or unknown. */
  everySeconds: number
  /** Declared limits, in the unit; they scale bars and axes and are drawn as lines. Null: none. */
  min: number | null
  max: number | null
}

/** What differs from the category for one series; null falls back to the category's own. */
export interface SeriesDeclaration {
  unit: string | null
  min: number | null
  max: number | null
}

/** The declaration of a category that nobody declared, such as one that a first custom point makes. */
export const undeclared: Readonly<Declaration> = Object.freeze({
  help: '',
  unit: '',
  graph: true,
  everySeconds: 0,
  min: null,
  max: null,
})
