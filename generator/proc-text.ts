// The kernel writes its numbers as text, thousands of times a day the same: they are picked out of it without making
// lists of lines and words first.

const zero = 48
const nine = 57
const lineBreak = 10

/** Where the line begins that starts with `key`; -1 where there is none. */
export function lineOf(text: string, key: string): number {
  if (text.startsWith(key)) return 0
  return text.indexOf(`\n${key}`) + 1 || -1
}

/** The whole number behind `key` and blanks at the start of a line (`MemTotal:   16303428 kB`); undefined without it. */
export function numberAfter(text: string, key: string): number | undefined {
  const line = lineOf(text, key)
  return line < 0 ? undefined : numbersFrom(text, line + key.length, 1)[0]
}

/** The next `most` whole numbers of the line from `start` on, or as many as it has; what is no digit separates them. */
export function numbersFrom(text: string, start: number, most: number): number[] {
  const numbers: number[] = []
  let number = -1
  for (let at = start; numbers.length < most; at++) {
    const code = text.charCodeAt(at)
    if (code >= zero && code <= nine) {
      number = (number < 0 ? 0 : number * 10) + (code - zero)
      continue
    }
    if (number >= 0) numbers.push(number)
    number = -1
    if (code === lineBreak || Number.isNaN(code)) break
  }
  return numbers
}

/** Calls `visit` with the start and the end of each line that is not empty. */
export function eachLine(text: string, visit: (start: number, end: number) => void): void {
  for (let start = 0; start < text.length; ) {
    const found = text.indexOf('\n', start)
    const end = found < 0 ? text.length : found
    if (end > start) visit(start, end)
    start = end + 1
  }
}
