// Writes points as text, all or a part of them, in bounded memory however many there are.

import type { Format, PointWriter } from '../../common/formats/format.ts'
import { formats } from '../../common/formats/formats.ts'
import { nearest } from '../../common/nearest.ts'
import { Problem } from '../../common/problem.ts'
import { parseTime } from '../../common/time.ts'
import { pointStretches, type Stretch } from '../../store/point-stretches.ts'
import type { Store } from '../../store/types.ts'
import { defineCommand, UsageError } from '../command.ts'
import { type Databases, databasesOf, withAppStore, withHistory } from '../databases.ts'
import { Progress } from '../progress.ts'
import { openSink, ReaderGone, type TextSink } from '../text-sink.ts'
import { countText, plural } from '../texts.ts'

const names = Object.keys(formats)

/** Points of one piece of text: some hundred kilobytes at most. */
const pointsAtOnce = 2000

export const exportCommand = defineCommand({
  name: 'export',
  summary: 'Write points as CSV, NDJSON or line protocol',
  usage:
    '--format csv|ndjson|line-protocol [--project P] [--category C] [--from T] [--to T] [--out FILE] [--force]',
  text: `
Every single point of all projects, project by project and category by category, in order of time. Values are the
shortest decimals that give the same number again, times milliseconds since 1970 (nanoseconds in line protocol).

  --project P    only this project, by key or name
  --category C   only categories of this name
  --from T       only points at or after T: 2026-01-31, 2026-01-31T03:12:00Z or seconds since 1970
  --to T         only points before T
  --out FILE     into a file instead of standard output
  --force        replace FILE if it exists`,
  options: {
    format: { type: 'string' },
    project: { type: 'string' },
    category: { type: 'string' },
    from: { type: 'string' },
    to: { type: 'string' },
    out: { type: 'string' },
    force: { type: 'boolean' },
  },
  operands: [0, 0],
  async run({ values }) {
    const format = formatOf(values.format)
    const window = { from: timeOption('--from', values.from), to: timeOption('--to', values.to) }
    const databases = databasesOf(values)
    const project = values.project === undefined ? undefined : await projectKey(databases, values.project)
    await withHistory(databases, async (store) => {
      const chosen = choose(store, { ...window, project, category: values.category })
      const sink = openSink(values.out, { force: values.force ?? false })
      try {
        const count = await writePoints(store, chosen, format.writer(), sink)
        if (values.out !== undefined) console.log(`${values.out}: ${plural(count, 'point')}`)
      } catch (error) {
        if (!(error instanceof ReaderGone)) throw error
      }
    })
    return 0
  },
})

/** Throws a UsageError that names the formats. */
function formatOf(name: string | undefined): Format {
  const format = name !== undefined && Object.hasOwn(formats, name) ? formats[name] : undefined
  if (format) return format
  throw new UsageError(`--format ${name ?? 'is missing'}: expected ${names.join(', ')}`)
}

function timeOption(option: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  try {
    return parseTime(text)
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    throw new UsageError(`${option} ${text}: expected ${error.details.expected}`)
  }
}

/** A name stands for the project that has it; what app.db does not know may still have points. */
const projectKey = (databases: Databases, keyOrName: string): Promise<string> =>
  withAppStore(databases, (appStore) => appStore.projectByKey(keyOrName)?.key ?? keyOrName)

interface Choice {
  project: string | undefined
  category: string | undefined
  from: number | undefined
  to: number | undefined
}

/** Throws a Problem `not-found` for a project or a category that is not there. */
function choose(store: Store, { project, category, from = -Infinity, to = Infinity }: Choice): Stretch[] {
  const projects = store.projects()
  if (project !== undefined && !projects.includes(project)) throw notThere('project', project, projects)
  const owners = projects
    .filter((key) => project === undefined || key === project)
    .map((key) => ({ key, categories: store.catalogue(key) }))
  const names = [...new Set(owners.flatMap(({ categories }) => categories.map(({ name }) => name)))]
  if (category !== undefined && !names.includes(category)) throw notThere('category', category, names)
  return owners.flatMap(({ key, categories }) =>
    pointStretches(
      key,
      categories.filter(({ name }) => category === undefined || name === category),
      { from, to },
    ),
  )
}

function notThere(what: string, given: string, known: readonly string[]): Problem {
  const meant = nearest(given, known)
  return new Problem(
    'not-found',
    `There is no ${what} ${given}; ${meant ? `did you mean ${meant}?` : `there are ${known.join(', ') || 'none'}.`}`,
  )
}

/** How many points were written. */
async function writePoints(
  store: Store,
  stretches: readonly Stretch[],
  writer: PointWriter,
  sink: TextSink,
): Promise<number> {
  const progress = new Progress('exported')
  const length = stretches.reduce((sum, { from, to }) => sum + to - from, 0)
  let passed = 0
  let count = 0
  if (writer.head !== '') await sink.write(writer.head)
  for (const { project, category, from, to } of stretches) {
    for (const points of store.points(project, category, from, to)) {
      for (let i = 0; i < points.length; i += pointsAtOnce) {
        await sink.write(writer.text(points.slice(i, i + pointsAtOnce)))
      }
      count += points.length
      progress.show((passed + (points.at(-1)?.time ?? from) - from) / length, `${countText(count)} points`)
    }
    passed += to - from
  }
  await sink.finish()
  progress.clear()
  return count
}
