// How a setting's text is read: each kind knows its default, what it expects, and how to say so.

export interface SettingKind<T> {
  readonly default: T
  /** For error messages: "expected …". */
  readonly expected: string
  /** The words it knows, for the nearest right spelling. */
  readonly words?: readonly string[]
  /** Undefined when the text is not of this kind. */
  parse(text: string): T | undefined
}

const words: Readonly<Record<string, boolean>> = {
  yes: true,
  true: true,
  on: true,
  1: true,
  no: false,
  false: false,
  off: false,
  0: false,
}

export const yesNo = (byDefault: boolean): SettingKind<boolean> => ({
  default: byDefault,
  expected: 'yes or no',
  words: ['yes', 'no', 'true', 'false', 'on', 'off'],
  parse: (text) => words[text.toLowerCase()],
})

export const text = (byDefault: string): SettingKind<string> => ({
  default: byDefault,
  expected: 'text',
  parse: (given) => given,
})

/** A file name without any folder. */
export const fileName = (byDefault: string): SettingKind<string> => ({
  default: byDefault,
  expected: 'a file name without a folder',
  parse: (given) => (/^[^/\\\0]+$/.test(given) && given !== '.' && given !== '..' ? given : undefined),
})

/** One of a few words, in whatever case. */
export const choice = <const T extends string>(byDefault: T, ...others: readonly T[]): SettingKind<T> => ({
  default: byDefault,
  expected: [byDefault, ...others].join(', ').replace(/, ([^,]*)$/, ' or $1'),
  words: [byDefault, ...others],
  parse: (given) => [byDefault, ...others].find((word) => word === given.toLowerCase()),
})

/** Words separated by commas or spaces; empty for none. */
export const list = (byDefault: readonly string[] = []): SettingKind<readonly string[]> => ({
  default: byDefault,
  expected: 'words separated by commas',
  parse: (given) => given.split(/[\s,]+/).filter((word) => word !== ''),
})

/** A whole number from 0 to `most`. */
export const wholeNumber = (byDefault: number, { most }: { most: number }): SettingKind<number> => ({
  default: byDefault,
  expected: `a whole number from 0 to ${most}`,
  parse: (given) => (/^\d{1,15}$/.test(given) && Number(given) <= most ? Number(given) : undefined),
})

/** A TCP port; 0 switches off where `zero` says so. */
export const port = (byDefault: number): SettingKind<number> => ({
  default: byDefault,
  expected: 'a port number from 0 to 65535',
  parse: (given) => (/^\d{1,5}$/.test(given) && Number(given) <= 65_535 ? Number(given) : undefined),
})

const secondsPer: Readonly<Record<string, number>> = {
  ms: 0.001,
  '': 1,
  s: 1,
  sec: 1,
  second: 1,
  seconds: 1,
  min: 60,
  minute: 60,
  minutes: 60,
  h: 3600,
  hour: 3600,
  hours: 3600,
  d: 86_400,
  day: 86_400,
  days: 86_400,
  w: 604_800,
  week: 604_800,
  weeks: 604_800,
  y: 31_536_000,
  year: 31_536_000,
  years: 31_536_000,
}

/** Seconds, from `least` to `most`; a bare number is seconds. */
export const duration = (
  byDefault: number,
  { least, most }: { least: number; most: number },
): SettingKind<number> => ({
  default: byDefault,
  expected: `a time from ${formatDuration(least)} to ${formatDuration(most)}, such as 10s, 30min, 12h, 7d or 1y`,
  parse: (given) => {
    const match = /^(\d+(?:\.\d+)?)\s*([a-z]*)$/i.exec(given)
    const per = match && secondsPer[match[2]?.toLowerCase() ?? '']
    if (!match || per === null || per === undefined) return undefined
    const seconds = Number(match[1]) * per
    return seconds >= least && seconds <= most ? seconds : undefined
  },
})

const bytesPer: Readonly<Record<string, number>> = {
  '': 1,
  b: 1,
  kb: 1e3,
  mb: 1e6,
  gb: 1e9,
  tb: 1e12,
  kib: 1024,
  mib: 1024 ** 2,
  gib: 1024 ** 3,
  tib: 1024 ** 4,
}

/** Bytes; a bare number is bytes. */
export const bytes = (byDefault: number): SettingKind<number> => ({
  default: byDefault,
  expected: 'a size such as 5767168, 5MB or 10MiB',
  parse: (given) => {
    const match = /^(\d+(?:\.\d+)?)\s*([a-z]*?)(?:\/s)?$/i.exec(given)
    const per = match && bytesPer[match[2]?.toLowerCase() ?? '']
    return match && per ? Number(match[1]) * per : undefined
  },
})

/** How long one category is kept, seconds; what is left out is as for all others. */
export interface CategoryRetention {
  readonly maxAgeSeconds?: number
  readonly fullResolutionSeconds?: number
}

/** `MaxAge[, FullResolution]` of one category: `1y, 7d`; `, 7d` where only single points are kept differently. */
export const categoryRetention = (
  maxAge: SettingKind<number>,
  fullResolution: SettingKind<number>,
): Omit<SettingKind<CategoryRetention>, 'default'> => ({
  expected: 'how long to keep it and, behind a comma, how long as single points, such as 1y, 7d',
  parse: (given) => {
    const [first = '', second, ...more] = given.split(',').map((part) => part.trim())
    if (more.length > 0 || (first === '' && second === undefined)) return undefined
    const maxAgeSeconds = first === '' ? null : maxAge.parse(first)
    const fullResolutionSeconds = second === undefined ? null : fullResolution.parse(second)
    if (maxAgeSeconds === undefined || fullResolutionSeconds === undefined) return undefined
    return {
      ...(maxAgeSeconds !== null && { maxAgeSeconds }),
      ...(fullResolutionSeconds !== null && { fullResolutionSeconds }),
    }
  },
})

/** The shortest text of a duration that `duration` reads: `90d`, `1y`, `0.5s`. */
export function formatDuration(seconds: number): string {
  for (const [unit, per] of [
    ['y', 31_536_000],
    ['d', 86_400],
    ['h', 3600],
    ['min', 60],
  ] as const) {
    if (seconds >= per && seconds % per === 0) return `${seconds / per}${unit}`
  }
  return `${seconds}s`
}
