// Projects for people's own numbers, looked after without a phone at hand.

import { parseName } from '../../common/formats/format.ts'
import { Problem } from '../../common/problem.ts'
import { duration, formatDuration } from '../../common/setting-kinds.ts'
import { openAppStore } from '../../store/app.ts'
import type { AppStore, ProjectChange, ProjectRecord } from '../../store/app-types.ts'
import { openStore } from '../../store/open.ts'
import { defineCommand, UsageError } from '../command.ts'
import { type Databases, databasesOf } from '../databases.ts'
import { projectNamed } from '../project-named.ts'
import { table } from '../table.ts'
import { timeText } from '../texts.ts'

const words = 'list, new, id, rotate, rename, archive, restore, limit or delete'

export const project = defineCommand({
  name: 'project',
  summary: 'Make projects for numbers of your own, rename, limit, archive and delete them, change their ids',
  usage:
    '[list | new NAME | id NAME | rotate NAME | rename NAME NEWNAME | archive NAME | restore NAME | limit NAME | delete NAME]',
  text: `
Whoever knows a project's id may add points to it: new and id print it. rotate gives it another, and the old one is
refused from then on. A project in the archive keeps its points and takes none; delete removes it with all its points.

With limit, each a number, 0 for any, or default for what settings.conf says:
  --series N       how many series it may have
  --points N       how many points a second it may add, on average
  --age AGE        points that are older are refused (7d, 1y)`,
  options: { series: { type: 'string' }, points: { type: 'string' }, age: { type: 'string' } },
  operands: [0, 3],
  async run({ values, operands }) {
    const databases = databasesOf(values)
    const appStore = openAppStore({ file: databases.app })
    try {
      console.log(act(appStore, databases, operands, limitsOf(values)))
    } finally {
      appStore.close()
    }
    return 0
  },
})

type Limits = Pick<ProjectChange, 'maxSeries' | 'maxPointsPerSecond' | 'maxAgeSeconds'>

/** What was done, or what there is, in words; of an id the id alone, for scripts that take it. */
function act(
  appStore: AppStore,
  databases: Databases,
  [word = 'list', name, newName]: readonly string[],
  limits: Limits,
): string {
  if (word !== 'limit' && Object.keys(limits).length > 0)
    throw new UsageError('limits stand behind limit NAME')
  if (word === 'list' && name === undefined) return listed(appStore.projects())
  if (name === undefined) throw new UsageError(`expected ${words}, and the name of a project`)
  if ((newName === undefined) === (word === 'rename')) {
    throw new UsageError(word === 'rename' ? 'NEWNAME is missing' : `"${newName}" is one argument too many`)
  }
  parseName(newName ?? name, 'project')
  if (word === 'new') return appStore.createProject({ name, kind: 'custom' }).id
  const found = projectNamed(appStore, name)
  switch (word) {
    case 'id':
      return found.id
    case 'rotate':
      return appStore.rotateProjectId(found.key).id
    case 'rename':
      return `${found.name} is called ${appStore.updateProject(found.key, { name: newName ?? '' }).name} now.`
    case 'archive':
    case 'restore':
      appStore.updateProject(found.key, { archived: word === 'archive' })
      return `${found.name} is ${word === 'archive' ? 'in the archive' : 'in use again'}.`
    case 'limit':
      if (Object.keys(limits).length === 0) throw new UsageError('expected --series, --points or --age')
      return `${found.name}: ${limitText(appStore.updateProject(found.key, limits))}.`
    case 'delete':
      appStore.removeProject(found.key)
      forget(databases, found.key)
      return `${found.name} is deleted.`
    default:
      throw new UsageError(`expected ${words}`)
  }
}

function forget({ data }: Databases, key: string): void {
  const store = openStore({ file: data })
  try {
    store.removeProject(key)
  } finally {
    store.close()
  }
}

function listed(all: readonly ProjectRecord[]): string {
  if (all.length === 0) return 'There are no projects: pocketstats project new NAME makes one.'
  const rows = all.map((one) => [
    one.name,
    one.kind === 'machine' ? 'this machine' : one.archived ? 'archived' : 'in use',
    limitText(one),
    timeText(one.created),
  ])
  return table(['name', 'is', 'limits', 'made'], rows, []).join('\n')
}

function limitText({ maxSeries, maxPointsPerSecond, maxAgeSeconds }: ProjectRecord): string {
  const limits = [
    maxSeries === null ? [] : `${maxSeries || 'any number of'} series`,
    maxPointsPerSecond === null ? [] : `${maxPointsPerSecond || 'any number of'} points/s`,
    maxAgeSeconds === null ? [] : `not older than ${formatDuration(maxAgeSeconds)}`,
  ].flat()
  return limits.join(', ') || 'as in settings.conf'
}

const ages = duration(0, { least: 60, most: 100 * 365 * 86_400 })

function limitsOf({
  series,
  points,
  age,
}: {
  series?: string | undefined
  points?: string | undefined
  age?: string | undefined
}): Limits {
  return {
    ...(series !== undefined && { maxSeries: countOf('series', series, 1_000_000) }),
    ...(points !== undefined && { maxPointsPerSecond: countOf('points', points, 10_000_000) }),
    ...(age !== undefined && { maxAgeSeconds: ageOf(age) }),
  }
}

function countOf(option: string, given: string, most: number): number | null {
  if (given === 'default') return null
  if (/^\d{1,9}$/.test(given) && Number(given) <= most) return Number(given)
  throw new Problem('invalid', `--${option} ${given}: expected a whole number from 0 to ${most}, or default`)
}

function ageOf(given: string): number | null {
  if (given === 'default') return null
  const seconds = ages.parse(given)
  if (seconds !== undefined) return Math.round(seconds)
  throw new Problem('invalid', `--age ${given}: expected ${ages.expected}, or default`)
}
