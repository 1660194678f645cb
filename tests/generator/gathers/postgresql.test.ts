import { execFileSync, spawn } from 'node:child_process'
import { chmodSync, chownSync, existsSync, mkdirSync, readdirSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import postgresql from '../../../generator/gathers/postgresql.ts'
import postgresqlSize from '../../../generator/gathers/postgresql-size.ts'
import { queryPostgres } from '../../../generator/sources/postgres-query.ts'
import { message } from '../../../generator/sources/postgres-wire.ts'
import { fixtureMachine } from '../support/fixture.ts'
import { listedSockets, madeMachine } from '../support/made-machine.ts'
import { numberIn } from '../support/number-in.ts'
import { scratchFolder } from '../support/scratch-folder.ts'
import { temporaryFolder } from '../support/temporary-store.ts'

const versions = '/usr/lib/postgresql'
const newest = existsSync(versions) ? readdirSync(versions).sort().at(-1) : undefined
const bin = newest === undefined ? '' : join(versions, newest, 'bin')
const isRoot = process.getuid?.() === 0
/** It does not run as root. */
const nobody = 65_534
const owner = isRoot ? { uid: nobody, gid: nobody } : {}

const waitMs = 100

describe.skipIf(bin === '')('PostgreSQL', () => {
  const folder = scratchFolder()
  const data = join(folder, 'data')
  const path = join(folder, '.s.PGSQL.5432')
  const admin = { address: { path }, user: 'admin', password: 'geheim ä', database: 'postgres' }
  const stop: (() => void)[] = []

  beforeAll(async () => {
    chmodSync(folder, 0o755)
    mkdirSync(data)
    if (isRoot) for (const one of [folder, data]) chownSync(one, nobody, nobody)
    const env = { ...process.env, LC_ALL: 'C.UTF-8' }
    const init = ['-D', data, '-U', 'admin', '--auth=trust', '--no-sync', '-E', 'UTF8']
    execFileSync(join(bin, 'initdb'), init, { ...owner, env, stdio: 'ignore', cwd: folder })
    const settings = ['-c', 'listen_addresses=', '-c', `unix_socket_directories=${folder}`, '-c', 'fsync=off']
    const server = spawn(join(bin, 'postgres'), ['-D', data, ...settings], { ...owner, env, stdio: 'ignore' })
    stop.push(() => void server.kill('SIGQUIT'))
    while (!(await queryPostgres(admin, 'SELECT 1').catch(() => null))) {
      await new Promise((resolve) => setTimeout(resolve, waitMs))
    }
    await queryPostgres(admin, "CREATE ROLE watcher LOGIN PASSWORD 'geheim ä' IN ROLE pg_monitor")
    await queryPostgres(admin, 'CREATE DATABASE shop')
  })
  afterAll(() => stop.forEach((end) => void end()))

  const options = { Server: path, User: 'watcher', Password: 'geheim ä', Database: 'postgres' }

  test('reads connections with their limit, and counters of transactions', async () => {
    const read = () => postgresql.read(fixtureMachine('none'), options)
    // Those who were here before are on their way out for a moment.
    let readings = await read()
    while (numberIn(readings?.connections) > 0) {
      await new Promise((resolve) => setTimeout(resolve, waitMs))
      readings = await read()
    }
    expect(readings).toMatchObject({
      connections: { value: 0, max: 100 },
      'active connections': 0,
      deadlocks: { value: 0, kind: 'counter', unit: '1/s' },
    })
    // The server writes its statistics down from time to time.
    const commits = async () => numberIn((await read())?.commits)
    while ((await commits()) === 0) await new Promise((resolve) => setTimeout(resolve, waitMs))
    expect(await commits()).toBeGreaterThan(0)
  })

  test('reads the size of the databases of the server that it was told', async () => {
    const machine = fixtureMachine('none')
    expect(await postgresqlSize.read(machine)).toBeNull()
    await postgresql.read(machine, options)
    const sizes = await postgresqlSize.read(machine)
    expect(Object.keys(sizes ?? {}).sort()).toEqual(['postgres', 'shop'])
    expect(sizes?.shop).toBeGreaterThan(5_000_000)
  })

  test('finds the server of this machine, and is silent where that does not let it in', async () => {
    const machine = madeMachine({ 'proc/net/unix': listedSockets(path) })
    expect(await postgresql.read(machine, { User: 'watcher' })).toMatchObject({ connections: { max: 100 } })
    expect(await postgresql.read(madeMachine({ 'proc/net/unix': listedSockets(path) }))).toBeNull()
    await expect(postgresql.read(machine, { User: 'nobody here' })).rejects.toThrow(
      'role "nobody here" does not exist',
    )
  })

  test('signs in with a password that is not sent, and not with a wrong one', async () => {
    const hba =
      "COPY (SELECT 'local all watcher scram-sha-256' UNION ALL SELECT 'local all all trust') TO PROGRAM"
    await queryPostgres(admin, `${hba} 'cat > ${data}/pg_hba.conf'; SELECT pg_reload_conf()`)
    const access = { ...admin, user: 'watcher' }
    while (await queryPostgres({ ...access, password: 'wrong' }, 'SELECT 1').catch(() => null)) {
      await new Promise((resolve) => setTimeout(resolve, waitMs))
    }
    expect(await queryPostgres(access, "SELECT 'ä', NULL; SELECT current_user")).toEqual([
      ['ä', ''],
      ['watcher'],
    ])
    await expect(queryPostgres({ ...access, password: 'wrong' }, 'SELECT 1')).rejects.toThrow(
      'password authentication failed',
    )
  })
})

test('PostgreSQL leaves a server alone that does not let it in, until somebody says who signs in', async () => {
  const path = join(temporaryFolder(), '.s.PGSQL.5432')
  let asked = 0
  const server = createServer((socket) => {
    asked++
    socket.end(message('E', 'SFATAL\0C28000\0Mrole "me" does not exist\0\0'))
  })
  await new Promise<void>((resolve) => server.listen(path, resolve))
  onTestFinished(() => void server.close())
  const machine = madeMachine({ 'proc/net/unix': listedSockets(path) })
  expect(await postgresql.read(machine)).toBeNull()
  expect(await postgresql.read(machine)).toBeNull()
  expect(await postgresqlSize.read(machine)).toBeNull()
  expect(asked).toBe(1)
  await expect(postgresql.read(machine, { User: 'me' })).rejects.toThrow('role "me" does not exist')
})

test('PostgreSQL is not looked for where none listens', async () => {
  expect(
    await postgresql.read(madeMachine({ 'proc/net/unix': listedSockets('/tmp/.s.PGSQL.5433') })),
  ).toBeNull()
})
