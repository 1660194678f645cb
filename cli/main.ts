// `pocketstats COMMAND`: finds the command, runs it, and turns what goes wrong into one line and an exit code.

import { nearest } from '../common/nearest.ts'
import { Problem } from '../common/problem.ts'
import { type ExitCode, UsageError } from './command.ts'
import { commands } from './commands.ts'

const overview = `Usage: pocketstats COMMAND [ARGUMENTS]

${commands.map(({ name, summary }) => `  ${name.padEnd(8)}  ${summary}`).join('\n')}
  help      Say how a command is used: pocketstats help COMMAND

Every command takes --config FILE for another settings file than settings.conf.
Exit codes: 0 done, 1 it went wrong or found something wrong, 2 asked wrongly.`

// npm runs scripts in the project's folder; files are meant from where its user stands.
if (['pocketstats', 'pair'].includes(process.env.npm_lifecycle_event ?? '') && process.env.INIT_CWD) {
  process.chdir(process.env.INIT_CWD)
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(1))

const [name = 'help', ...args] = process.argv.slice(2)
process.exitCode = await main(name, args)

async function main(name: string, args: readonly string[]): Promise<ExitCode> {
  if (['help', '--help', '-h'].includes(name)) return help(args[0])
  const command = commands.find((one) => one.name === name)
  if (!command) return unknown(name)
  try {
    return await command.run(args)
  } catch (error) {
    if (!(error instanceof UsageError)) {
      console.error(error instanceof Problem ? `pocketstats: ${error.message}` : error)
      return 1
    }
    console.error(`pocketstats ${name}: ${error.message}`)
    console.error(`How it is used: pocketstats help ${name}`)
    return 2
  }
}

function help(name?: string): ExitCode {
  const command = commands.find((one) => one.name === name)
  if (name !== undefined && name !== 'help' && !command) return unknown(name)
  console.log(command?.help ?? overview)
  return 0
}

function unknown(name: string): ExitCode {
  const meant = nearest(name, [...commands.map((one) => one.name), 'help', 'start', 'test'])
  const known = commands.map((one) => one.name).join(', ')
  console.error(
    `pocketstats: unknown command "${name}"; ${meant ? `did you mean "${meant}"?` : `known are ${known}`}`,
  )
  return 2
}
