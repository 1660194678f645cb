import { Hono } from 'hono'
import { expect, test } from 'vitest'
import { loggedPath } from '../../../server/answers/logged-path.ts'

test.each([
  ['/api/v1/projects/a%0aserver:%20FAKE/id', '/api/v1/projects/a%0aserver:%20FAKE/id'],
  ['/a%0d%0ab', '/a%0d%0ab'],
  ['/red%1b[31m', '/red%1b[31m'],
  ['/line%e2%80%a8end', '/line%e2%80%a8end'],
  ['/add_data_point?projectid=secret', '/add_data_point'],
])(
  'loggedPath() leaves %s in one line, without what stands behind the question mark',
  async (asked, line) => {
    const app = new Hono().all('*', (c) => c.text(loggedPath(c)))
    expect(await (await app.request(`http://localhost${asked}`)).text()).toBe(line)
  },
)
