// A consistent copy of history, projects and devices in one file, made while the programs run, and verified.

import { existsSync, renameSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { Problem } from '../../common/problem.ts'
import { writeBackup } from '../../store/backup-file.ts'
import { openStore } from '../../store/open.ts'
import { takeOver } from '../../store/take-over.ts'
import { defineCommand } from '../command.ts'
import { type Databases, databasesOf, needHistory } from '../databases.ts'
import { Progress } from '../progress.ts'
import { temporaryBeside } from '../temporary-files.ts'
import { damageText, megabytes, plural } from '../texts.ts'
import { type Verified, verify } from '../verify.ts'

export const backup = defineCommand({
  name: 'backup',
  summary: 'Copy history, projects and devices into one file, while the programs run',
  usage: 'FILE [--force]',
  text: `
FILE is complete: everything that was stored when the copy began, and the projects and paired devices. It is verified
before it takes its name. Keep it as you would keep a password: who has it can add points to your projects.

  --force   replace FILE if it exists

pocketstats restore FILE puts it back.`,
  options: { force: { type: 'boolean' } },
  operands: [1, 1],
  async run({ operands: [file = ''], values }) {
    const databases = databasesOf(values)
    needHistory(databases)
    checkTarget(resolve(file), databases, values.force ?? false)
    const part = temporaryBeside(resolve(file), 'part')
    const { chunks, damage } = await makeCopy(databases, part)
    renameSync(part, resolve(file))
    console.log(
      `${file}: ${megabytes(statSync(file).size)}, ${plural(chunks, 'chunk')} verified. Put it back by: pocketstats restore ${file}`,
    )
    if (damage.length === 0) return 0
    console.error('The copy is whole, but the history itself is damaged:')
    for (const report of damage) console.error(`  ${damageText(report)}`)
    return 1
  },
})

function checkTarget(file: string, { data, app }: Databases, force: boolean): void {
  if (file === data || file === app) {
    throw new Problem('conflict', `${file} is the database itself; choose another file.`)
  }
  if (!existsSync(file)) return
  if (!statSync(file).isFile()) throw new Problem('conflict', `${file} is not a file.`)
  if (!force) throw new Problem('conflict', `${file} exists already; --force replaces it.`)
}

async function makeCopy({ data, app }: Databases, part: string): Promise<Verified> {
  const progress = new Progress('copied')
  await writeBackup({ data, app: existsSync(app) ? app : undefined }, part, (share) => progress.show(share))
  progress.clear()
  const copy = openStore({ file: part })
  try {
    return await verify(copy)
  } finally {
    copy.close()
    takeOver(part)
  }
}
