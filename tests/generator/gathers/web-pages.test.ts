import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import webPageFailures from '../../../generator/gathers/web-page-failures.ts'
import webPages from '../../../generator/gathers/web-pages.ts'
import { fixtureMachine } from '../support/fixture.ts'
import { numberIn } from '../support/number-in.ts'

async function site(): Promise<string> {
  const server = createServer((request, response) => {
    if (request.url === '/breaks') return void request.socket.destroy()
    response.writeHead(request.url?.startsWith('/good') ? 200 : 503)
    response.write('some')
    setTimeout(() => response.end('thing'), 40)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  return `127.0.0.1:${(server.address() as AddressInfo).port}`
}

test('web pages reads seconds until the last byte, and its failures what does not come or comes as an error', async () => {
  const host = await site()
  const Urls = ['good?key=secret', 'broken', 'breaks'].map((path) => `http://user:pass@${host}/${path}`)
  const machine = fixtureMachine('none')
  expect(await webPageFailures.read(machine)).toBeNull()
  const [pages, failures] = await Promise.all([
    webPages.read(machine, { Urls }),
    webPageFailures.read(machine),
  ])
  const label = (path: string): string => `http://${host}/${path}`
  expect(failures).toEqual({ [label('good')]: 0, [label('broken')]: 100, [label('breaks')]: 100 })
  expect(Object.keys(pages ?? {})).toEqual(Object.keys(failures ?? {}))
  expect(pages).toMatchObject({ [label('breaks')]: { value: null } })
  const seconds = numberIn(pages?.[label('good')])
  expect(seconds).toBeGreaterThanOrEqual(0.04)
  expect(seconds).toBeLessThan(5)
})

test('web pages asks for nothing unless told, and says which address is none', async () => {
  expect(await webPages.read(fixtureMachine('none'))).toBeNull()
  await expect(webPages.read(fixtureMachine('none'), { Urls: ['example'] })).rejects.toThrow('"example"')
})
