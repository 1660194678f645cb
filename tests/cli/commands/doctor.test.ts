import { once } from 'node:events'
import { chmodSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { databasesOf } from '../../../cli/databases.ts'
import { findingLines } from '../../../cli/doctor/finding.ts'
import { firewallFinding } from '../../../cli/doctor/network.ts'
import { nodeFinding } from '../../../cli/doctor/programs.ts'
import { timeFinding } from '../../../cli/doctor/time.ts'
import { freePort, startServer } from '../../server/support/server-process.ts'
import { temporaryFolder } from '../../server/support/test-app.ts'
import { runCommand } from '../pocketstats.ts'

/** A settings file for a server on this port, with its databases beside it. */
function configFor(port: number, folder = temporaryFolder()): string {
  const file = join(folder, 'my.conf')
  writeFileSync(file, `[Server]\nPort = ${port}\nRestPort = 0\n[Generator]\nDatabaseDirectory = ${folder}\n`)
  return file
}

test('doctor finds nothing wrong before the first start', async () => {
  const { code, out } = await runCommand(['doctor', '--config', configFor(await freePort())])
  expect(out).toMatch(/^good {2}Node +24\./m)
  expect(out).toMatch(/^good {2}Port \d+ +free$/m)
  expect(out).toMatch(/All is well\.\n$/)
  expect(code).toBe(0)
})

test('doctor looks at running programs, their certificate and its key, and ends with 1 when something is wrong', async () => {
  const [port, folder] = [await freePort(), temporaryFolder()]
  const config = configFor(port, folder)
  await startServer({ folder, settings: { SERVER_PORT: String(port), SERVER_TLS: 'auto' } })
  const first = await runCommand(['doctor', '--config', config])
  expect(first.out).toMatch(/^BAD {3}Programs +only server \(\d+\) runs\n +→ npm start/m)
  expect(first.out).toMatch(/^BAD {3}Port \d+ +the server answers, but no fresh points come$/m)
  expect(first.out).toMatch(/^good {2}Authority +SHA-256 ([0-9A-F]{2}:){31}/m)
  expect(first.out).toMatch(/^good {2}Certificate +serves every address/m)
  expect(first.out).toMatch(/^2 things wrong\.$/m)
  expect(first.code).toBe(1)
  chmodSync(join(folder, 'tls', 'authority.key'), 0o644)
  const second = await runCommand(['doctor', '--config', config])
  expect(second.out).toMatch(/^BAD {3}Authority +others can read .*\n +→ chmod 600/m)
})

test('doctor names a port that is taken, and a database that is none', async () => {
  const folder = temporaryFolder()
  const taken = createServer().listen(0)
  onTestFinished(() => {
    taken.close()
  })
  await once(taken, 'listening')
  const address = taken.address()
  const port = typeof address === 'object' && address ? address.port : 0
  writeFileSync(join(folder, 'data.db'), 'no database at all, but long enough to be read as one. '.repeat(40))
  const { code, out } = await runCommand(['doctor', '--config', configFor(port, folder)])
  expect(out).toMatch(/^BAD {3}Port \d+ +in use by another program\n +→ set \[Server\] Port/m)
  expect(out).toMatch(/^BAD {3}History .*not a database\n +→ npx pocketstats check/m)
  expect(code).toBe(1)
})

test('doctor knows an old Node, a clock that was never set and firewalls that are on', () => {
  const { state: old } = nodeFinding('20.19.0')
  const { state: unset } = timeFinding(Date.UTC(1970, 0, 2), true)
  const { state: free } = timeFinding(Date.UTC(2026, 5, 1), false)
  expect([old, unset, free]).toEqual(['bad', 'bad', 'hint'])
  const databases = databasesOf({ config: configFor(5050) })
  expect(findingLines([firewallFinding(databases, { isUfwOn: true })]).join('\n')).toContain(
    'ufw allow 5050/tcp',
  )
  expect(firewallFinding(databases, { isUfwOn: false, isFirewalldOn: false }).state).toBe('good')
})
