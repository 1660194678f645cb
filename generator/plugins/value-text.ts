// A value for a terminal: bytes in powers of 1024, everything else with as many digits as say something.

const powers = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi']

/** `1536 byte` is `1.5 KiB`; units that are not of bytes stay as they are. */
export function valueForPeople(value: number, unit: string): string {
  const [, base, rate = ''] = /^(byte)(\/s)?$/.exec(unit) ?? []
  if (base === undefined) return `${Number(value.toPrecision(6))} ${unit}`.trimEnd()
  const power = Math.min(powers.length - 1, Math.max(0, Math.floor(Math.log2(Math.abs(value) || 1) / 10)))
  return `${Number((value / 1024 ** power).toPrecision(4))} ${powers[power]}B${rate}`
}
