// A few lines of InfluxDB's line protocol, as `QuickLane` takes them.

import { closedHeaders, type QuickRoute } from '../points/quick-lane.ts'
import { ThisTurn } from '../points/this-turn.ts'
import type { Parts } from '../services.ts'
import { keyIn } from './credentials.ts'
import type { InfluxNames } from './influx-names.ts'
import { InfluxParser, precisions } from './influx-parser.ts'
import { versionHeaders } from './influx-routes.ts'

const done = {
  status: 204,
  headers: [...Object.entries(versionHeaders).flat(), ...closedHeaders],
  body: '',
} as const

/** `POST /write` and `/api/v2/write` with lines that are all good, for a project that exists. */
export function quickInfluxRoutes(
  { appStore, ingest }: Pick<Parts, 'appStore' | 'ingest'>,
  names: InfluxNames,
): QuickRoute[] {
  const projects = new ThisTurn((id) => appStore.projectById(id))
  const route = (path: string, parameters: readonly string[]): QuickRoute => ({
    ...{ method: 'POST', path },
    take: ({ search, authorization, body }) => {
      const query = new URLSearchParams(search)
      const id = keyIn(authorization, parameters, (name) => query.get(name))
      const project = id === undefined ? null : projects.get(id)
      const msPerUnit = precisions[query.get('precision') || 'ns']
      if (!project || msPerUnit === undefined) return undefined
      const intake = ingest.open(project)
      return readAll(names, body, msPerUnit, intake) ? { intake, answer: done } : undefined
    },
  })
  return [route('/write', ['p', 'token', 'db']), route('/api/v2/write', ['token'])]
}

/** Reads all lines; false, and nothing is taken, when anything is wrong with them. */
function readAll(
  names: InfluxNames,
  body: Buffer,
  msPerUnit: number,
  intake: ReturnType<Parts['ingest']['open']>,
): boolean {
  let isGood = true
  const parser = new InfluxParser(
    names,
    body,
    {
      point: (category, label, time, value, line) => {
        if (!intake.add(category, label, time ?? intake.now, value, line)) isGood = false
      },
      wrong: () => {
        isGood = false
      },
    },
    msPerUnit,
  )
  while (parser.more(body.length)) if (!isGood) break
  if (!isGood) intake.giveUp()
  return isGood
}
