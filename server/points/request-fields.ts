// Points come in the address, as a form or as JSON, whatever the client can do easily; here they all become one
// record of fields. Nothing is guessed: what is there twice, or in a format that is not known, is refused.

import type { Context } from 'hono'
import { Problem } from '../../common/problem.ts'

export type Fields = Record<string, unknown>

const jsonType = /^application\/([\w.-]+\+)?json$/
const formType = 'application/x-www-form-urlencoded'
const multipartType = 'multipart/form-data'
const accepted = `application/json, ${formType} or ${multipartType}`

/** The fields of address and body; null in JSON means left out. Throws a Problem `invalid` naming what is wrong. */
export async function requestFields(c: Context): Promise<Fields> {
  const fields = collect(new URL(c.req.url).searchParams)
  if (c.req.method !== 'POST') return fields
  for (const [field, value] of Object.entries(await bodyFields(c))) {
    if (Object.hasOwn(fields, field)) throw twice(field, [fields[field], value])
    if (value !== null) fields[field] = value
  }
  return fields
}

async function bodyFields(c: Context): Promise<Fields> {
  const bytes = await c.req.arrayBuffer()
  if (bytes.byteLength === 0) return {}
  const contentType = c.req.header('Content-Type') ?? ''
  const mediaType = contentType.split(';')[0]?.trim().toLowerCase() ?? ''
  if (jsonType.test(mediaType)) return jsonFields(textOf(bytes))
  if (mediaType === formType) return formFields(textOf(bytes), mediaType)
  if (mediaType === multipartType) return multipartFields(bytes, contentType)
  throw wrongType(mediaType, accepted)
}

function jsonFields(text: string): Fields {
  const expected = 'a JSON object such as {"projectid":"testuuid","category":"foo","label":"bar","value":42}'
  let body: unknown
  try {
    body = JSON.parse(text)
  } catch {
    throw new Problem('invalid', 'the body is not valid JSON', { field: 'body', given: text, expected })
  }
  if (typeof body === 'object' && body !== null && !Array.isArray(body)) return body as Fields
  throw new Problem('invalid', 'the body is not a JSON object', { field: 'body', given: body, expected })
}

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

function collect(pairs: Iterable<[string, unknown]>): Fields {
  const fields: Fields = {}
  for (const [field, value] of pairs) {
    if (Object.hasOwn(fields, field)) throw twice(field, [fields[field], value])
    fields[field] = typeof value === 'string' ? value : '(a file)'
  }
  return fields
}

function textOf(bytes: ArrayBuffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new Problem('invalid', 'the body is not text in UTF-8', { field: 'body', expected: 'UTF-8' })
  }
}

const twice = (field: string, given: unknown): Problem =>
  new Problem('invalid', `${field} is given twice`, { field, given, expected: 'one value' })

const wrongType = (given: string, expected: string): Problem =>
  new Problem('invalid', 'the body has a type that is not understood', {
    field: 'Content-Type',
    given,
    expected,
  })
