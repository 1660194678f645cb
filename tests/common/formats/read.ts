// Reads a whole text with a format, as an import does line by line.

import type { Format, ReadOptions, ReadPoint } from '../../../common/formats/format.ts'

export interface Read {
  points: ReadPoint[]
  /** Line and reason. */
  refused: (readonly [line: number, reason: string])[]
}

export function read(format: Format, text: string, options?: ReadOptions): Read {
  const found: Read = { points: [], refused: [] }
  const reader = format.reader(
    {
      point: (point) => found.points.push(point),
      refuse: (line, reason) => found.refused.push([line, reason]),
    },
    options,
  )
  const lines = text.split('\n')
  if (lines.at(-1) === '') lines.pop()
  for (const [index, line] of lines.entries()) reader.line(line, index + 1)
  reader.end()
  return found
}
