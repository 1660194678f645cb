// Points come in the address, as a form or as JSON, whatever the client can do easily; here they all become one
// record of fields. Nothing is guessed: what is there twice, or in a format that is not known, is refused.

import type { Context } from 'hono'
import { Problem } from '../../common/problem.ts'
import { utf8 } from './body.ts'

export type Fields = Record<string, unknown>

const jsonType = /^application\/([\w.-]+\+)?json$/
const formType = 'application/x-www-form-urlencoded'
const multipartType = 'multipart/form-data'
const accepted = `application/json, ${formType} or ${multipartType}`

/**
 * The fields of address and body, of each point where the body is a list; null in JSON means left out. Throws a Problem
 * `invalid` naming what is wrong.
 */
export async function requestFields(c: Context): Promise<Fields | Fields[]> {
  const fields = collect(new URL(c.req.url).searchParams)
  if (c.req.method !== 'POST') return fields
  const body = await bodyFields(c)
  return Array.isArray(body) ? body.map((each) => merged(fields, each)) : merged(fields, body)
}

/** Fields of the address hold for all points of the body. */
export function merged(shared: Fields, own: Fields): Fields {
  const fields = { ...shared }
  for (const [field, value] of Object.entries(own)) {
    if (Object.hasOwn(fields, field)) throw twice(field, [fields[field], value])
    if (value !== null) fields[field] = value
  }
  return fields
}

async function bodyFields(c: Context): Promise<Fields | Fields[]> {
  const bytes = await c.req.arrayBuffer()
  if (bytes.byteLength === 0) return {}
  const contentType = c.req.header('Content-Type') ?? ''
  const mediaType = contentType.split(';')[0]?.trim().toLowerCase() ?? ''
  if (jsonType.test(mediaType)) return jsonFields(utf8(bytes))
  if (mediaType === formType) return formFields(utf8(bytes), mediaType)
  if (mediaType === multipartType) return multipartFields(bytes, contentType)
  throw wrongType(mediaType, accepted)
}

function jsonFields(text: string): Fields | Fields[] {
  const expected = 'a JSON object such as {"projectid":"testuuid","category":"foo","label":"bar","value":42}'
  let body: unknown
  try {
    body = JSON.parse(text)
  } catch {
    throw new Problem('invalid', 'the body is not valid JSON', { field: 'body', given: text, expected })
  }
  if (isObject(body)) return body
  if (!Array.isArray(body)) {
    throw new Problem('invalid', 'the body is not a JSON object', { field: 'body', given: body, expected })
  }
  if (body.length === 0)
    throw new Problem('invalid', 'the list is empty', { field: 'body', given: '[]', expected })
  const wrong = body.findIndex((each) => !isObject(each))
  if (wrong < 0) return body as Fields[]
  const given: unknown = body[wrong]
  throw new Problem('invalid', `element ${wrong + 1} of the list is not a JSON object`, {
    ...{ field: 'body', given, expected },
  })
}

const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function formFields(text: string, mediaType: string): Fields {
  // What curl -d sends when its user forgot to say that it is JSON.
  if (text.trimStart().startsWith('{')) throw wrongType(mediaType, 'application/json for a JSON body')
  return collect(new URLSearchParams(text))
}

async function multipartFields(bytes: ArrayBuffer, contentType: string): Promise<Fields> {
  try {
    const response = new Response(bytes, { headers: { 'Content-Type': contentType } })
    return collect(await response.formData())
  } catch (error) {
    if (error instanceof Problem) throw error
    throw new Problem('invalid', 'the form cannot be read', { field: 'body', expected: multipartType })
  }
}

/** One record of pairs; throws a Problem `invalid` for what is given twice. */
export function collect(pairs: Iterable<[string, unknown]>): Fields {
  const fields: Fields = {}
  for (const [field, value] of pairs) {
    if (Object.hasOwn(fields, field)) throw twice(field, [fields[field], value])
    fields[field] = typeof value === 'string' ? value : '(a file)'
  }
  return fields
}

const twice = (field: string, given: unknown): Problem =>
  new Problem('invalid', `${field} is given twice`, { field, given, expected: 'one value' })

const wrongType = (given: string, expected: string): Problem =>
  new Problem('invalid', 'the body has a type that is not understood', {
    field: 'Content-Type',
    given,
    expected,
  })
