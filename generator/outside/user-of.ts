// The numbers behind a user's name, for programs that are to run as somebody else than we do.

import { readFileSync } from 'node:fs'
import { Problem } from '../../common/problem.ts'

/** From the system's list of users (passwd(5)). Throws a Problem `invalid` where there is none of that name. */
export function userOf(name: string, list = '/etc/passwd'): { uid: number; gid: number } {
  for (const line of readFileSync(list, 'utf8').split('\n')) {
    const [user, , uid, gid] = line.split(':')
    if (user === name || uid === name) return { uid: Number(uid), gid: Number(gid) }
  }
  throw new Problem('invalid', `PluginUser: there is no user "${name}" on this machine`)
}
