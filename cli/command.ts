// A command of `pocketstats` as a value: its words, its options, what it does. Arguments are parsed and refused here, so
// that each command only sees what it can work with.

import { type ParseArgsOptionsConfig, parseArgs } from 'node:util'
import { nearest } from '../common/nearest.ts'

/** 0: done. 1: it went wrong, or something that was asked for is not as it should be. 2: asked wrongly. */
export type ExitCode = 0 | 1 | 2

export interface Command {
  readonly name: string
  /** One line for the list of commands. */
  readonly summary: string
  /** The whole of what `pocketstats help COMMAND` prints. */
  readonly help: string
  /** Throws a UsageError for arguments that it does not know, and a Problem for what cannot be done. */
  run(args: readonly string[]): Promise<ExitCode>
}

/** The arguments are wrong; the message says how. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

const common = {
  config: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const satisfies ParseArgsOptionsConfig

type ValueOf<T> = T extends { type: 'boolean' } ? boolean : string

interface Arguments<O extends ParseArgsOptionsConfig> {
  operands: string[]
  values: { readonly [K in keyof (O & typeof common)]?: ValueOf<(O & typeof common)[K]> | undefined }
}

interface CommandWords<O extends ParseArgsOptionsConfig> {
  name: string
  summary: string
  /** Behind the command's name, such as `FILE [--force]`. */
  usage: string
  /** Paragraphs below the usage. */
  text: string
  options: O
  /** How many arguments that are no options. */
  operands: readonly [least: number, most: number]
  run(given: Arguments<O>): Promise<ExitCode>
}

export function defineCommand<const O extends ParseArgsOptionsConfig>(words: CommandWords<O>): Command {
  const { name, summary, usage, text } = words
  const help = `Usage: pocketstats ${`${name} ${usage}`.trim()} [--config FILE]\n\n${summary}.\n\n${text.trim()}`
  return {
    name,
    summary,
    help,
    async run(args) {
      const given = parse(args, words)
      if (given.values.help) {
        console.log(help)
        return 0
      }
      checkOperands(given.operands, words)
      return words.run(given)
    },
  }
}

function parse<O extends ParseArgsOptionsConfig>(
  args: readonly string[],
  { options }: CommandWords<O>,
): Arguments<O> {
  const known = { ...options, ...common }
  try {
    const { values, positionals } = parseArgs({ args: [...args], options: known, allowPositionals: true })
    return { values: values as Arguments<O>['values'], operands: positionals }
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    throw new UsageError(plain(error.message, Object.keys(known)))
  }
}

/** Node's words for a wrong option, without its advice and with the option that was meant. */
function plain(message: string, known: readonly string[]): string {
  const [, unknown] = /^Unknown option '-+([^']*)'/.exec(message) ?? []
  if (unknown === undefined) return message.split('. ')[0] ?? message
  const meant = nearest(unknown, known)
  return `unknown option --${unknown}${meant ? `; did you mean --${meant}?` : ''}`
}

function checkOperands(
  operands: readonly string[],
  { usage, operands: [least, most] }: CommandWords<ParseArgsOptionsConfig>,
): void {
  const [extra] = operands.slice(most)
  if (extra !== undefined) throw new UsageError(`"${extra}" is one argument too many`)
  if (operands.length < least) throw new UsageError(`${usage.split(' ')[operands.length]} is missing`)
}
