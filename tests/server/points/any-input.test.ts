import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { AddedManySchema, AddedSchema, ErrorSchema } from '../../../common/wire.ts'
import { type Request, type TestApp, testApp } from '../support/test-app.ts'

const fieldNames = [
  'projectid',
  'category',
  'label',
  'value',
  'time',
  'unit',
  'min',
  'max',
  '__proto__',
  'odd',
]
const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 140 }),
  fc.constantFrom('42', '1e999', '0x1', '2026-01-31', '-0', '', 'testuuid', '%', '+'),
)
const good = { projectid: 'testuuid', category: 'foo', label: 'bar', value: '42' }
const oddFields = fc.dictionary(fc.constantFrom(...fieldNames), anyText, { maxKeys: 3 })
const anyFields = fc.oneof(
  oddFields,
  oddFields.map((fields) => ({ ...good, ...fields })),
)
const anyJson = fc.oneof(
  fc.json(),
  fc.json().map((text) => text.slice(0, -1)),
  anyFields.map((fields) => JSON.stringify(fields)),
)
const anyType = fc.constantFrom(
  'application/json',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'text/plain',
  '',
)

const anyRequest: fc.Arbitrary<[string, Request]> = fc.oneof(
  anyFields.map((fields): [string, Request] => [`?${new URLSearchParams(fields)}`, {}]),
  fc.webQueryParameters().map((search): [string, Request] => [`?${search}`, {}]),
  fc
    .tuple(anyJson, anyType)
    .map(([body, type]): [string, Request] => [
      '',
      { method: 'POST', body, headers: type === '' ? {} : { 'Content-Type': type } },
    ]),
)

const countPoints = ({ store }: TestApp): number =>
  store.projects().reduce((count, project) => count + store.latest(project).length, 0)

describe('add_data_point with any input', () => {
  test('add_data_point stores a point or says why not, and never breaks', async () => {
    const app = testApp()
    let added = 0
    await fc.assert(
      fc.asyncProperty(anyRequest, async ([search, init]) => {
        const before = countPoints(app)
        const response = await app.request(`/add_data_point${search}`, init)
        const body = await response.json()
        if (response.status === 200) {
          AddedSchema.or(AddedManySchema).parse(body)
          added++
        } else {
          expect([400, 409]).toContain(response.status)
          expect(ErrorSchema.parse(body).error.field).toMatch(/./)
          expect(countPoints(app)).toBe(before)
        }
      }),
      { numRuns: 300 },
    )
    expect(added).toBeGreaterThan(0)
    expect(app.logged).toEqual([])
  })
})
