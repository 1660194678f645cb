import { createServer } from 'node:http'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import containerMemory from '../../../generator/gathers/container-memory.ts'
import containerProcessors from '../../../generator/gathers/container-processors.ts'
import { listedSockets, madeMachine } from '../support/made-machine.ts'
import { temporaryFolder } from '../support/temporary-store.ts'

const GiB = 2 ** 30

/** The parts that are read of answers of Docker 24 on control groups v2, of Docker 20 on v1, and of Podman 4. */
const stats: Readonly<Record<string, object>> = {
  aaa: {
    name: '/web',
    cpu_stats: {
      cpu_usage: { total_usage: 81_234_567_000, usage_in_kernelmode: 1, usage_in_usermode: 2 },
      system_cpu_usage: 9_492_140_000_000,
      online_cpus: 4,
    },
    memory_stats: { usage: 300_000_000, limit: GiB, stats: { anon: 1, file: 2, inactive_file: 100_000_000 } },
  },
  bbb: {
    name: '/db',
    cpu_stats: { cpu_usage: { total_usage: 5_000_000_000, percpu_usage: [1, 2] } },
    memory_stats: {
      usage: 90_000_000,
      limit: 64 * GiB,
      stats: { cache: 1, total_inactive_file: 10_000_000 },
    },
  },
  ccc: { name: '/starting', cpu_stats: { cpu_usage: { total_usage: 0 } }, memory_stats: {} },
}

const listed = [
  { Id: 'aaa', Names: ['/web', '/proxy/web'], State: 'running' },
  { Id: 'bbb', Names: ['/db'], State: 'running' },
  { Id: 'ccc', Names: ['/starting'], State: 'running' },
  { Id: 'ended', Names: ['/ended'], State: 'running' },
]

/** A daemon on a socket of its own, and what it was asked. */
async function daemon(file = 'docker.sock') {
  const asked: string[] = []
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '', 'http://localhost')
    asked.push(request.url ?? '')
    const id = /^\/containers\/(\w+)\/stats$/.exec(pathname)?.[1]
    const answer = pathname === '/containers/json' ? listed : stats[id ?? '']
    response.writeHead(answer ? 200 : 404, { 'Content-Type': 'application/json' })
    response.end(JSON.stringify(answer ?? { message: `No such container: ${id}` }))
  })
  const socket = join(temporaryFolder(), file)
  await new Promise<void>((resolve) => server.listen(socket, resolve))
  onTestFinished(() => void server.close())
  const machine = madeMachine({
    'proc/net/unix': listedSockets('/run/dbus/system_bus_socket', socket),
    'proc/meminfo': 'MemTotal:       16777216 kB\n',
    'sys/devices/system/cpu/online': '0-3\n',
  })
  return { machine, asked }
}

test('container processors reads nanoseconds as percent of a core', async () => {
  const { machine, asked } = await daemon()
  expect(await containerProcessors.read(machine)).toEqual({
    db: { value: 500, max: 400 },
    starting: { value: 0, max: 400 },
    web: { value: 8123.4567, max: 400 },
  })
  expect(asked).toContain('/containers/aaa/stats?stream=false&one-shot=true')
})

test('container memory reads what cannot be freed, with the limit where there is one', async () => {
  const { machine } = await daemon('podman.sock')
  expect(await containerMemory.read(machine)).toEqual({
    db: { value: 80_000_000 },
    web: { value: 200_000_000, max: GiB },
  })
})

test('both categories of containers cost one question', async () => {
  const { machine, asked } = await daemon()
  await Promise.all([containerProcessors.read(machine), containerMemory.read(machine)])
  expect(asked.filter((path) => path === '/containers/json')).toHaveLength(1)
})

test('containers are not looked for where no daemon listens', async () => {
  const machine = madeMachine({ 'proc/net/unix': listedSockets('/run/docker.sock.old') })
  expect(await containerProcessors.read(machine)).toEqual({})
})
