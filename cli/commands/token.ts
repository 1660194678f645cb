// Tokens with which scripts on other machines read: made here and shown once, listed, ended.

import { Problem } from '../../common/problem.ts'
import type { AppStore, ScriptToken } from '../../store/app-types.ts'
import { defineCommand, UsageError } from '../command.ts'
import { databasesOf, withAppStore } from '../databases.ts'
import { projectNamed } from '../project-named.ts'
import { table } from '../table.ts'
import { idOf, rightText, timeText } from '../texts.ts'

export const token = defineCommand({
  name: 'token',
  summary: 'Make, list or revoke tokens with which scripts read',
  usage: '[list | new NAME [PROJECT] | revoke ID]',
  text: `
A script shows its token with every request (Authorization: Bearer TOKEN) and reads what a viewer reads: all projects, or
the one that was named. It is shown when it is made and never again: only its hash is kept.`,
  options: {},
  operands: [0, 3],
  async run({ values, operands }) {
    console.log(await withAppStore(databasesOf(values), (appStore) => act(appStore, operands)))
    return 0
  },
})

/** What was done, or what there is, in words; of a new token the token alone, for scripts that take it. */
function act(appStore: AppStore, [word = 'list', first, second]: readonly string[]): string {
  if (word === 'list' && first === undefined) return listed(appStore.tokens())
  if (word === 'new' && first !== undefined) {
    const project = second === undefined ? null : projectNamed(appStore, second).key
    return appStore.newToken({ name: first, project }, Date.now())
  }
  if (word === 'revoke' && first !== undefined && second === undefined) {
    if (appStore.revokeToken(idOf(first))) return `Token ${first} has ended.`
    throw new Problem('not-found', `There is no token ${first}: pocketstats token lists them.`)
  }
  throw new UsageError('expected list, new NAME [PROJECT] or revoke ID')
}

function listed(all: readonly ScriptToken[]): string {
  if (all.length === 0) return 'There are no tokens.'
  const rows = all.map((one) => [
    String(one.id),
    one.name,
    rightText({ role: 'viewer', project: one.project }),
    one.lastUsed === null ? 'never' : timeText(one.lastUsed),
    timeText(one.created),
  ])
  return table(['id', 'name', 'may', 'last used', 'made'], rows, [0]).join('\n')
}
