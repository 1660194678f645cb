// Stores the points of a file: what `export` writes, what other programs write in the same formats, and the history of
// an original StatsServer.

import { createReadStream, existsSync, statSync } from 'node:fs'
import { type Format, type Precision, perMillisecond } from '../../common/formats/format.ts'
import { formats } from '../../common/formats/formats.ts'
import { Problem } from '../../common/problem.ts'
import { planOf } from '../../common/retention-settings.ts'
import { formatDuration } from '../../common/setting-kinds.ts'
import type { AppStore } from '../../store/app-types.ts'
import { databaseKind } from '../../store/database-kind.ts'
import { openStore } from '../../store/open.ts'
import { openStatsServer } from '../../store/stats-server.ts'
import type { Store } from '../../store/types.ts'
import { defineCommand, type ExitCode, UsageError } from '../command.ts'
import { type Databases, databasesOf, machineKey, withAppStore } from '../databases.ts'
import { importStatsServer } from '../import/import-stats-server.ts'
import { importText } from '../import/import-text.ts'
import { Inbox } from '../import/inbox.ts'
import { projectFinder, projectOfName } from '../import/project-finder.ts'
import { Progress } from '../progress.ts'
import { countText, plural, timeText } from '../texts.ts'

/** How long an import waits for another program's transaction. */
const busyTimeoutMs = 30_000

const statsServer = 'stats-server'

interface Wanted {
  /** Undefined: standard input. */
  file: string | undefined
  /** How it is called in messages. */
  name: string
  format: Format | typeof statsServer | undefined
  precision: Precision | undefined
  /** Name or key. */
  project: string | undefined
}

export const importCommand = defineCommand({
  name: 'import',
  summary: 'Store the points of a CSV, NDJSON or line protocol file, or of an original StatsServer',
  usage: 'FILE|- [--format csv|ndjson|line-protocol|stats-server] [--project P] [--precision ns|us|ms|s]',
  text: `
The format is told by the content. Points go into the project that the file names for them, else into this machine's
own; a project that is not there is made. What cannot be stored is reported with its line and its reason, and the exit
code is 1; the rest is stored. Importing twice does no harm: a point replaces the one of the same series and time.

  FILE            - stands for standard input; the data.db of an original StatsServer is only read
  --format F      where the content does not tell
  --project P     everything into this project, by key or name
  --precision U   unit of the times in line protocol; nanoseconds by default`,
  options: {
    format: { type: 'string' },
    project: { type: 'string' },
    precision: { type: 'string' },
  },
  operands: [1, 1],
  async run({ operands: [operand = ''], values }) {
    const file = operand === '-' ? undefined : operand
    const wanted: Wanted = {
      file,
      name: file ?? 'standard input',
      precision: precisionOf(values.precision),
      project: values.project,
      format: formatOf(values.format) ?? detected(file),
    }
    const databases = databasesOf(values)
    return withAppStore(databases, async (appStore) => {
      const store = openStore({ file: databases.data, busyTimeoutMs })
      try {
        return await importInto(store, appStore, databases, wanted)
      } finally {
        store.close()
      }
    })
  },
})

async function importInto(
  store: Store,
  appStore: AppStore,
  { settings }: Databases,
  wanted: Wanted,
): Promise<ExitCode> {
  const { project, name, format } = wanted
  const progress = new Progress('imported')
  const retention = planOf(settings)
  const machine = machineKey(appStore, settings)
  const own = project === undefined ? machine : projectOfName(appStore, project).key
  const find = projectFinder(appStore, { machine: own, byId: format === statsServer })
  const inbox = new Inbox({
    store,
    projectOf: project === undefined ? find : () => own,
    retention,
    now: Date.now(),
    refuse: (place, reason) => {
      progress.clear()
      console.error(`${name}:${place}: ${reason}`)
    },
  })
  try {
    await readAll(wanted, inbox, progress)
    inbox.flush()
  } catch (error) {
    progress.clear()
    console.error(`${countText(inbox.stored)} points were stored before it stopped. Import again to go on.`)
    throw error
  }
  progress.clear()
  report(inbox, formatDuration(retention.maxAgeSeconds))
  return inbox.refused === 0 ? 0 : 1
}

async function readAll(
  { file, name, format, precision }: Wanted,
  inbox: Inbox,
  progress: Progress,
): Promise<void> {
  const shown = (share: number | undefined): void => progress.show(share, plural(inbox.stored, 'point'))
  if (format === statsServer) {
    if (file === undefined)
      throw new Problem('invalid', 'A database is read from a file, not from standard input.')
    const history = openStatsServer(file)
    try {
      await importStatsServer(history, inbox, (rows) => shown(rows / Math.max(1, history.rowCount)))
    } finally {
      history.close()
    }
    return
  }
  const size = file === undefined ? undefined : statSync(file).size
  const chunks = file === undefined ? process.stdin : createReadStream(file, { highWaterMark: 256 * 1024 })
  await importText({ chunks, name, format, precision, onRead: (bytes) => shown(size && bytes / size) }, inbox)
}

function report({ stored, refused, oldest, newest, tooOld }: Inbox, maxAge: string): void {
  const span = stored === 0 ? '' : `, ${timeText(oldest)} to ${timeText(newest)}`
  const bad = refused === 0 ? '' : `; ${countText(refused)} refused, see above`
  console.log(`${plural(stored, 'point')} imported${span}${bad}`)
  if (tooOld === 0) return
  console.error(
    `${plural(tooOld, 'point')} of them ${tooOld === 1 ? 'is' : 'are'} older than what is kept (MaxAge ${maxAge}): ` +
      'the generator will remove them. Raise MaxAge in settings.conf, and import again if it was quicker.',
  )
}

function formatOf(name: string | undefined): Wanted['format'] {
  if (name === undefined || name === statsServer) return name
  const format = Object.hasOwn(formats, name) ? formats[name] : undefined
  if (format) return format
  throw new UsageError(`--format ${name}: expected ${[...Object.keys(formats), statsServer].join(', ')}`)
}

function precisionOf(name: string | undefined): Precision | undefined {
  const known = Object.keys(perMillisecond) as Precision[]
  if (name === undefined) return undefined
  const precision = known.find((one) => one === name)
  if (precision) return precision
  throw new UsageError(`--precision ${name}: expected ${known.join(', ')}`)
}

/** Databases are told here, texts when they are read. Throws a Problem where there is nothing to import. */
function detected(file: string | undefined): typeof statsServer | undefined {
  if (file === undefined) return undefined
  if (!existsSync(file)) throw new Problem('not-found', `There is no file ${file}.`)
  if (!statSync(file).isFile()) return undefined
  const kind = databaseKind(file)
  if (kind === undefined || kind === statsServer) return kind
  throw new Problem(
    'invalid',
    kind === 'history'
      ? `${file} is a database of Pocketstats: pocketstats restore ${file}`
      : `${file} is a database, but not one with points.`,
  )
}
