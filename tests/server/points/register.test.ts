import { describe, expect, test } from 'vitest'
import { pairedCookie, type Request, testApp } from '../support/test-app.ts'

describe('register', () => {
  test('register answers the id of a new project as text', async () => {
    const { request, appStore } = testApp()
    const response = await request('/register?name=Greenhouse')
    expect(response.status).toBe(200)
    expect(response.headers.get('Content-Type')).toMatch(/^text\/plain/)
    const id = await response.text()
    expect(id).toMatch(/^[0-9a-f]{32}$/)
    expect(appStore.projectById(id)).toMatchObject({ name: 'Greenhouse', kind: 'custom' })
  })

  test('register gives out an id that takes points from anywhere', async () => {
    const { request } = testApp()
    const projectid = await (await request('/register?name=Greenhouse')).text()
    const fields = new URLSearchParams({ projectid, category: 'air', label: 'inside', value: '21.5' })
    const response = await request(`/add_data_point?${fields}`, { from: '192.168.1.20' })
    expect(response.status).toBe(200)
  })

  test('register refuses a name that exists', async () => {
    const { request, appStore } = testApp()
    await request('/register?name=Greenhouse')
    const response = await request('/register?name=greenhouse')
    expect(response.status).toBe(409)
    expect(await response.json()).toMatchObject({
      error: { code: 'conflict', field: 'name', given: 'greenhouse' },
    })
    expect(appStore.projects()).toHaveLength(1)
  })

  test.each(['', '?name=', '?name=%20', `?name=${'x'.repeat(129)}`, '?name=a%0Ab', '?name=a&name=b'])(
    'register refuses a name that is none: %s',
    async (search) => {
      const { request, appStore } = testApp()
      const response = await request(`/register${search}`)
      expect(response.status).toBe(400)
      expect(await response.json()).toMatchObject({ error: { code: 'invalid', field: 'name' } })
      expect(appStore.projects()).toEqual([])
    },
  )

  test.each<[string, Request, number]>([
    ['another machine', { from: '192.168.1.20' }, 401],
    ['a proxy', { headers: { 'X-Forwarded-For': '10.0.0.1' } }, 401],
    ['a page of another site', { headers: { 'Sec-Fetch-Site': 'cross-site' } }, 403],
    ['a page of another origin', { headers: { Origin: 'http://localhost:3000' } }, 403],
    ['HEAD', { method: 'HEAD' }, 405],
    ['POST', { method: 'POST' }, 405],
  ])('register makes nothing for %s', async (_who, init, status) => {
    const { request, appStore } = testApp()
    expect((await request('/register?name=Greenhouse', init)).status).toBe(status)
    expect(appStore.projects()).toEqual([])
  })

  test('register works for a paired device elsewhere', async () => {
    const app = testApp()
    const Cookie = await pairedCookie(app)
    const response = await app.request('/register?name=Greenhouse', {
      from: '192.168.1.20',
      headers: { Cookie },
    })
    expect(response.status).toBe(200)
  })
})
