// Are the databases whole, and is there room for what is to come?

import { statSync } from 'node:fs'
import { dirname } from 'node:path'
import { freeBytesOf, lowDiskBytes } from '../../store/history/space.ts'
import { quickLook } from '../../store/quick-look.ts'
import type { Databases } from '../databases.ts'
import { megabytes } from '../texts.ts'
import { bad, type Finding, good, hint } from './finding.ts'

/** Below this it is time to think of it. */
const littleBytes = 10 * lowDiskBytes

export function databaseFindings({ data, app }: Databases): Finding[] {
  return [databaseFinding('History', data), databaseFinding('Devices', app)]
}

function databaseFinding(what: string, file: string): Finding {
  const wrong = quickLook(file)
  if (wrong === null) return hint(what, `there is no ${file} yet`, 'the first npm start makes it')
  if (wrong.length === 0) return good(what, `${file}, ${megabytes(statSync(file).size)}, sound`)
  const next =
    'npx pocketstats check names what is damaged; npx pocketstats restore puts a backup in its place'
  return bad(what, `${file}: ${wrong[0]}`, next)
}

export function diskFinding({ data }: Databases): Finding {
  const folder = dirname(data)
  try {
    const free = freeBytesOf(data)
    const text = `${megabytes(free)} free in ${folder}`
    if (free < lowDiskBytes) return bad('Disk', text, 'make room: points are given up before their time')
    if (free < littleBytes) return hint('Disk', text, 'make room soon, or shorten MaxAge and FullResolution')
    return good('Disk', text)
  } catch {
    return hint('Disk', `there is no ${folder} yet`, 'the first npm start makes it')
  }
}
