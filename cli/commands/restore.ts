// Puts a backup in the place of the databases, and these aside.

import { existsSync, renameSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { Problem } from '../../common/problem.ts'
import { openAppStore } from '../../store/app.ts'
import { readBackup } from '../../store/backup-file.ts'
import { databaseKind } from '../../store/database-kind.ts'
import { makeFolder } from '../../store/make-folder.ts'
import { openStore } from '../../store/open.ts'
import { takeOver } from '../../store/take-over.ts'
import { defineCommand } from '../command.ts'
import { type Databases, databasesOf } from '../databases.ts'
import { Progress } from '../progress.ts'
import { runningPrograms } from '../running-programs.ts'
import { temporaryBeside } from '../temporary-files.ts'
import { damageText, plural } from '../texts.ts'
import { verify } from '../verify.ts'

export const restore = defineCommand({
  name: 'restore',
  summary: 'Put a backup in the place of the databases',
  usage: 'FILE [--force]',
  text: `
Generator and server must not run. FILE stays as it is; the databases that are there now are kept beside the restored
ones as *.before-restore. A plain copy of a data.db works too; projects and devices then stay as they are.

  --force   restore a damaged backup too: what is whole in it`,
  options: { force: { type: 'boolean' } },
  operands: [1, 1],
  async run({ operands: [file = ''], values }) {
    const databases = databasesOf(values)
    checkSource(file, databases)
    refuseWhileRunning(databases)
    makeFolder(dirname(databases.data))
    const fresh = {
      data: temporaryBeside(databases.data, 'restoring'),
      app: temporaryBeside(databases.app, 'restoring'),
    }
    const hasApp = await prepare(resolve(file), fresh, values.force ?? false)
    const pairs = (hasApp ? (['data', 'app'] as const) : (['data'] as const)).map((name) => ({
      from: fresh[name],
      to: databases[name],
    }))
    for (const line of replace(pairs)) console.log(line)
    if (!hasApp) console.log(`${file} carries no projects and devices: ${databases.app} stays as it is.`)
    return 0
  },
})

function checkSource(file: string, { data }: Databases): void {
  if (!existsSync(file)) throw new Problem('not-found', `There is no file ${file}.`)
  if (resolve(file) === data) throw new Problem('conflict', `${file} is the database itself.`)
  const kind = databaseKind(file)
  if (kind === 'history') return
  const hint =
    kind === 'stats-server'
      ? `a database of the original StatsServer: pocketstats import ${file}`
      : kind === 'devices'
        ? 'a database of projects and devices only'
        : 'no backup of Pocketstats'
  throw new Problem('invalid', `${file} is ${hint}.`)
}

function refuseWhileRunning({ app }: Databases): void {
  const running = runningPrograms(app)
  if (running.length === 0) return
  const names = running.map(({ name, pid }) => `the ${name} (process ${pid})`).join(' and ')
  throw new Problem(
    'conflict',
    `${capital(names)} ${running.length === 1 ? 'runs' : 'run'}; stop the programs first.`,
  )
}

/** Makes the files that are to take the databases' places; true when devices are among them. */
async function prepare(from: string, fresh: { data: string; app: string }, force: boolean): Promise<boolean> {
  const progress = new Progress('copied')
  const hasApp = await readBackup(from, fresh, (share) => progress.show(share))
  progress.clear()
  const store = openStore({ file: fresh.data })
  try {
    const { chunks, damage } = await verify(store, (report) =>
      console.error(`damaged: ${damageText(report)}`),
    )
    if (damage.length > 0 && !force) {
      throw new Problem(
        'conflict',
        'The backup is damaged; nothing was changed. --force restores what is whole.',
      )
    }
    console.log(`${plural(chunks, 'chunk')} verified`)
  } finally {
    store.close()
  }
  // Brings it to the schema of this release before anything is replaced.
  if (hasApp) openAppStore({ file: fresh.app }).close()
  return hasApp
}

interface Replacement {
  from: string
  to: string
}

/** Sets aside what is there and gives each new file its place; says so. */
function replace(pairs: readonly Replacement[]): string[] {
  const taken = pairs.flatMap(({ from, to }) => [from, to]).find((file) => !takeOver(file))
  if (taken !== undefined) {
    throw new Problem(
      'conflict',
      `${taken} is open in another program; stop that first. Nothing was changed.`,
    )
  }
  const said = pairs.map(({ to }) => {
    if (!existsSync(to)) return `${to} is restored`
    const aside = unusedName(`${to}.before-restore`)
    renameSync(to, aside)
    return `${to} is restored; what was there is ${aside}`
  })
  for (const { from, to } of pairs) renameSync(from, to)
  return said
}

function unusedName(name: string): string {
  let unused = name
  for (let n = 2; existsSync(unused); n++) unused = `${name}-${n}`
  return unused
}

const capital = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`
