// One plain point in an address, a form or JSON, as `QuickLane` takes it.

import type { Parts } from '../services.ts'
import { closedHeaders, type QuickRoute, type QuickTake } from './quick-lane.ts'
import { readPlain } from './read-record.ts'
import type { Fields } from './request-fields.ts'
import { ThisTurn } from './this-turn.ts'

const path = '/add_data_point'

/** `GET` and `POST /add_data_point` with five fields at most, each given once, for a project that exists. */
export function quickPointRoutes({ appStore, ingest }: Pick<Parts, 'appStore' | 'ingest'>): QuickRoute[] {
  const projects = new ThisTurn((id) => appStore.projectById(id))
  const takeFields = (fields: Fields | undefined): ReturnType<QuickTake> => {
    const record = fields && readPlain(fields)
    const project = record?.projectid === undefined ? null : projects.get(record.projectid)
    if (!record || !project) return undefined
    const intake = ingest.open(project)
    const { category, label, value, time = intake.now } = record
    if (!intake.add(category, label, time, value, 1)) return undefined
    return { intake, answer: added(time) }
  }
  return [
    { method: 'GET', path, take: ({ search }) => takeFields(once(search)) },
    {
      method: 'POST',
      path,
      take: ({ search, body, contentType }) => {
        if (search !== '') return undefined
        if (contentType === 'application/json') return takeFields(jsonObject(body))
        return contentType === 'application/x-www-form-urlencoded'
          ? takeFields(once(body.toString('latin1')))
          : undefined
      },
    },
  ]
}

const jsonHeaders = ['Content-Type', 'application/json', ...closedHeaders]

function added(time: number) {
  const body = `{"ok":true,"time":${time}}`
  return {
    status: 200,
    headers: ['Content-Length', String(body.length), ...jsonHeaders],
    body,
  } as const
}

/** Undefined where a field is given twice, or as what it may not be. */
function once(search: string): Fields | undefined {
  const fields: Fields = {}
  let count = 0
  for (const [name, value] of new URLSearchParams(search)) {
    fields[name] = value
    count++
  }
  return Object.keys(fields).length === count ? fields : undefined
}

function jsonObject(body: Buffer): Fields | undefined {
  const text = body.toString()
  // What stands for bytes that are no text.
  if (text.includes('\uFFFD')) return undefined
  const value: unknown = JSON.parse(text)
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined
}
