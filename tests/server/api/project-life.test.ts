import { describe, expect, test } from 'vitest'
import type { ProjectDetails } from '../../../common/project-wire.ts'
import { type Request, testApp } from '../support/test-app.ts'

const point = (id: string) => `/add_data_point?projectid=${id}&category=c&label=l&value=1`
const from = '192.168.1.20'

function setUp() {
  const app = testApp()
  app.appStore.machineProject('nas')
  const act = async (method: string, path: string, body?: object): Promise<Response> =>
    app.request(`/api/v1${path}`, {
      method,
      ...(body && { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }),
    })
  const make = async (name: string): Promise<ProjectDetails> =>
    (await (await act('POST', '/projects', { name })).json()) as ProjectDetails
  const names = async (search = ''): Promise<string[]> => {
    const { projects } = (await (await act('GET', `/projects${search}`)).json()) as {
      projects: { name: string }[]
    }
    return projects.map(({ name }) => name)
  }
  const add = async (id: string, init: Request = { from }) => (await app.request(point(id), init)).status
  return { ...app, act, make, names, add }
}

describe('projects', () => {
  test('projects are made, renamed, limited and told with their id', async () => {
    const { act, make, add } = setUp()
    const made = await make('greenhouse')
    expect(made).toMatchObject({ key: 'greenhouse', kind: 'custom', archived: false, series: 0 })
    expect(await add(made.id)).toBe(200)
    const change = { name: 'Glass house', maxSeries: 1, maxPointsPerSecond: null, maxAgeSeconds: 86_400 }
    expect(made.address).toMatch(/^http:\/\/[\w.]+:5050$/)
    const changed = await (await act('PATCH', '/projects/greenhouse', change)).json()
    const { name, ...limits } = change
    expect(changed).toEqual({ ...made, name, series: 1, limits })
    expect(await (await act('GET', '/project?project=Glass%20house')).json()).toEqual(changed)
    expect((await act('POST', '/projects', { name: 'glass HOUSE' })).status).toBe(409)
    expect((await act('PATCH', '/projects/greenhouse', { maxSeries: -1 })).status).toBe(400)
    expect((await act('PATCH', '/projects/nobody', {})).status).toBe(404)
  })

  test('projects get a new id; the old one is refused from then on, also on this machine', async () => {
    const { act, make, add, appStore } = setUp()
    const made = await make('greenhouse')
    const { id } = (await (await act('POST', '/projects/greenhouse/id')).json()) as ProjectDetails
    expect(id).not.toBe(made.id)
    expect(await add(id)).toBe(200)
    expect(await add(made.id)).toBe(404)
    expect(await add(made.id, {})).toBe(404)
    expect(appStore.projects()).toHaveLength(2)
  })

  test('projects in the archive take no points and are shown only on demand', async () => {
    const { act, make, add, names } = setUp()
    const { id } = await make('greenhouse')
    await act('PATCH', '/projects/greenhouse', { archived: true })
    expect(await add(id)).toBe(403)
    expect(await names()).toEqual(['nas'])
    expect(await names('?archived=yes')).toEqual(['nas', 'greenhouse'])
    await act('PATCH', '/projects/greenhouse', { archived: false })
    expect(await add(id)).toBe(200)
  })

  test('projects are deleted with their points, and their id stays refused', async () => {
    const { act, make, add, names, store } = setUp()
    const { id } = await make('greenhouse')
    await add(id)
    expect(await (await act('DELETE', '/projects/greenhouse')).json()).toEqual({ ok: true })
    expect(await names('?archived=yes')).toEqual(['nas'])
    expect(store.projects()).toEqual([])
    expect(await add(id, {})).toBe(404)
    expect((await act('DELETE', '/projects/nas')).status).toBe(409)
    expect((await make('greenhouse')).series).toBe(0)
  })

  test('projects and their ids are for owners alone', async () => {
    const app = setUp()
    await app.make('greenhouse')
    const viewer = {
      headers: {
        Authorization: `Bearer ${app.appStore.newToken({ name: 't', project: null }, app.clock.now())}`,
      },
      from,
    }
    const paths: [string, string][] = [
      ['GET', '/project'],
      ['POST', '/projects'],
      ['PATCH', '/projects/greenhouse'],
      ['POST', '/projects/greenhouse/id'],
      ['DELETE', '/projects/greenhouse'],
    ]
    for (const [method, path] of paths) {
      const asked = { ...viewer, method, ...(method === 'GET' ? {} : { body: '{}' }) }
      expect([path, (await app.request(`/api/v1${path}`, asked)).status]).toEqual([path, 403])
      expect((await app.request(`/api/v1${path}`, { ...asked, headers: {} })).status).toBe(401)
    }
    expect((await app.request('/api/v1/projects', viewer)).status).toBe(200)
  })
})
