// The base units that the app knows how to write for people (1.5 GiB, 3 d 4 h). A closed list, so that a misspelt
// unit is an error where it is written; anything else is said openly to be free text.

export const baseUnits = [
  '',
  '%',
  'byte',
  'byte/s',
  'bit/s',
  '°C',
  's',
  '1/s',
  'Hz',
  'V',
  'A',
  'W',
  'rpm',
] as const

export type BaseUnit = (typeof baseUnits)[number]

/** A base unit, or any other in words of one's own: `{ free: 'rows/s' }`. */
export type Unit = BaseUnit | { readonly free: string }

/** The unit as it is declared and shown. */
export const unitText = (unit: Unit): string => (typeof unit === 'string' ? unit : unit.free)

const known: ReadonlySet<string> = new Set(baseUnits)

/** Whether a plugin's own word is a unit. */
export function isUnit(unit: unknown): unit is Unit {
  if (typeof unit === 'string') return known.has(unit)
  return typeof unit === 'object' && unit !== null && 'free' in unit && typeof unit.free === 'string'
}
