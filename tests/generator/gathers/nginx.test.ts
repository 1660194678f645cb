import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { type AddressInfo, createServer as createTcpServer } from 'node:net'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import nginx from '../../../generator/gathers/nginx.ts'
import { fixtureMachine } from '../support/fixture.ts'
import { numberIn } from '../support/number-in.ts'
import { temporaryFolder } from '../support/temporary-store.ts'

const program = ['/usr/sbin/nginx', '/usr/local/sbin/nginx'].find((path) => existsSync(path))

const page = `Active connections: 29
server accepts handled requests
 17750380 17750379 6225361
Reading: 0 Writing: 4 Waiting: 25
`

async function listening(server: ReturnType<typeof createTcpServer>): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  return (server.address() as AddressInfo).port
}

test('nginx reads its connections, and counters of what it serves', async () => {
  const port = await listening(
    createServer((request, response) => response.end(request.url === '/s' ? page : 'Hello')),
  )
  const rate = (value: number) => ({ value, kind: 'counter', unit: '1/s' })
  expect(await nginx.read(fixtureMachine('none'), { Url: `http://127.0.0.1:${port}/s` })).toEqual({
    active: 29,
    reading: 0,
    writing: 3,
    waiting: 25,
    requests: rate(6225361),
    'connections accepted': rate(17750380),
    'connections refused': rate(1),
  })
  const wrong = nginx.read(fixtureMachine('none'), { Url: `http://127.0.0.1:${port}/` })
  await expect(wrong).rejects.toThrow("not with nginx's stub_status")
  expect(await nginx.read(fixtureMachine('none'))).toBeNull()
})

test.skipIf(!program)('nginx reads a real one', async () => {
  const folder = temporaryFolder()
  mkdirSync(join(folder, 'logs'))
  const reserved = createTcpServer()
  const port = await listening(reserved)
  await new Promise((resolve) => reserved.close(resolve))
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `${name}_temp_path ${folder}/${name};`,
  )
  writeFileSync(
    join(folder, 'nginx.conf'),
    `daemon off; master_process off; pid ${folder}/pid; error_log ${folder}/logs/error.log; events {}
http { access_log off; ${temporary.join(' ')} server { listen 127.0.0.1:${port}; location = /status { stub_status; } } }`,
  )
  const child = spawn(program ?? '', ['-p', folder, '-c', join(folder, 'nginx.conf')], { stdio: 'ignore' })
  onTestFinished(() => void child.kill('SIGKILL'))
  const read = () => nginx.read(fixtureMachine('none'), { Url: `http://127.0.0.1:${port}/status` })
  let first = await Promise.resolve(read()).catch(() => null)
  while (first === null) {
    await new Promise((resolve) => setTimeout(resolve, 50))
    first = await Promise.resolve(read()).catch(() => null)
  }
  const second = await read()
  expect(second).toMatchObject({ active: 1, reading: 0, writing: 0, 'connections refused': { value: 0 } })
  expect(numberIn(second?.requests)).toBe(numberIn(first.requests) + 1)
})
