import { describe, expect, onTestFinished, test } from 'vitest'
import type { Catalogue, LivePoints, QueryResult, Values } from '../../../common/wire.ts'
import { EventReader } from '../support/event-reader.ts'
import { pairedCookie, type Request, testApp } from '../support/test-app.ts'

const none = { unit: null, min: null, max: null }
const declaration = { help: 'Load', unit: '', graph: true, everySeconds: 1, min: null, max: null }

/** A machine with a category load, and somebody's own numbers: one of another name, one of the same. */
async function sharedScreen() {
  const app = testApp()
  const { key } = app.appStore.machineProject('nas')
  app.store.declare(key, 'load', declaration, { a: none })
  app.store.append([{ project: key, category: 'load', label: 'a', time: app.clock.now(), value: 1 }])
  const add = (project: string, category: string, value: number) =>
    app.request(`/add_data_point?projectid=${project}&category=${category}&label=bar&value=${value}`)
  await add('garden', 'foo', 42)
  await add('garden', 'load', 7)
  const get = async <T>(path: string, init?: Request): Promise<T> =>
    (await app.request(`/api/v1/${path}`, init)).json() as Promise<T>
  return { ...app, key, add, get }
}

const names = ({ categories }: { categories: { name: string }[] }) => categories.map(({ name }) => name)

describe('with=custom', () => {
  test('with=custom puts the categories of custom projects behind the machine’s, under names of their own', async () => {
    const { get } = await sharedScreen()
    const catalogue = await get<Catalogue>('catalogue?project=nas&with=custom')
    expect(names(catalogue)).toEqual(['load', 'foo', 'load (garden)'])
    expect(catalogue.categories.map(({ project }) => project?.name)).toEqual([undefined, 'garden', 'garden'])
    expect(names(await get<Catalogue>('catalogue?project=nas'))).toEqual(['load'])
    expect(names(await get<Catalogue>('catalogue?project=garden&with=custom'))).toEqual(['foo', 'load'])
  })

  test('with=custom finds values and buckets under these names', async () => {
    const { get, clock } = await sharedScreen()
    const { values } = await get<Values>('latest?project=nas&with=custom')
    expect(values.map(({ value }) => value)).toEqual([1, 42, 7])
    const window = `from=${clock.now() - 60_000}&to=${clock.now() + 1000}`
    const asked = 'category=load&category=load%20(garden)&category=foo'
    const { categories } = await get<QueryResult>(`query?project=nas&with=custom&${window}&${asked}`)
    const means = categories.map(({ name, series }) => [
      name,
      series[0]?.mean.findLast((one) => one !== null),
    ])
    expect(means).toEqual([
      ['load', 1],
      ['load (garden)', 7],
      ['foo', 42],
    ])
  })

  test('with=custom streams the first point of a project that is made meanwhile, its catalogue first', async () => {
    const app = await sharedScreen()
    const [reader, alone] = await Promise.all(
      ['&with=custom', ''].map(async (more) => {
        const one = new EventReader(await app.request(`/api/v1/stream?project=nas${more}`))
        onTestFinished(() => one.cancel())
        await one.next('hello')
        return one
      }),
    )
    app.clock.pass(1000)
    await app.add('shed', 'door', 5)
    await reader?.next('points')
    // The project, its series, its point: a look between two of them sees the catalogue twice.
    const events = reader?.events.map(({ event }) => event) ?? []
    expect([...new Set(events)]).toEqual(['hello', 'catalogue', 'points'])
    const points = reader?.events.at(-1)?.data as LivePoints
    expect(points.flatMap(({ values }) => Object.values(values))).toEqual([5])
    expect(alone?.events.filter(({ event }) => event === 'points')).toEqual([])
  })

  test('with=custom shows nothing more to whom one project is open', async () => {
    const app = await sharedScreen()
    const cookie = await pairedCookie(app, 'localhost:5050', { role: 'viewer', project: app.key })
    const init = { from: '192.168.1.20', headers: { Cookie: cookie } }
    expect(names(await app.get<Catalogue>('catalogue?project=nas&with=custom', init))).toEqual(['load'])
    const stream = new EventReader(await app.request('/api/v1/stream?project=nas&with=custom', init))
    onTestFinished(() => stream.cancel())
    await stream.next('hello')
    app.clock.pass(1000)
    await app.add('garden', 'foo', 43)
    app.store.append([{ project: app.key, category: 'load', label: 'a', time: app.clock.now(), value: 2 }])
    await stream.next('points')
    const points = stream.events.at(-1)?.data as LivePoints
    expect(points.flatMap(({ values }) => Object.values(values))).toEqual([2])
  })
})
