// What went wrong in a plugin's file as one short sentence that names the line.

import { execFile } from 'node:child_process'
import { basename } from 'node:path'

const longest = 500

/** `message (file:line)`; the line only where the error knows it or the file's syntax is wrong. */
export async function wordsOfError(error: unknown, file: string): Promise<string> {
  if (!(error instanceof Error)) return `threw ${plain(error)}, which is no Error`.slice(0, longest)
  const message = error.message === '' ? error.name : error.message
  const line = lineIn(error.stack ?? '', file) ?? (isSyntax(error) ? await checkedLine(file) : undefined)
  const place = line === undefined ? '' : ` (${basename(file)}:${line})`
  return message.slice(0, longest - place.length) + place
}

function plain(value: unknown): string {
  try {
    return typeof value === 'string' ? `"${value.slice(0, 100)}"` : String(value).slice(0, 100)
  } catch {
    return typeof value
  }
}

const isSyntax = (error: Error): boolean => error.name === 'SyntaxError'

/** Of the innermost place in the file. */
function lineIn(text: string, file: string): string | undefined {
  const name = file.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll(' ', '(?: |%20)')
  return new RegExp(`${name}(?:\\?[^:\\s]*)?:(\\d+)`).exec(text)?.[1]
}

/** Node names the line of wrong JavaScript only to whom it runs the file for. */
function checkedLine(file: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    execFile(process.execPath, ['--check', file], { timeout: 5000 }, (_error, _stdout, stderr) => {
      resolve(lineIn(stderr, file))
    })
  })
}
