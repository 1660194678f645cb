// Resident memory of both processes once a day of 60 series at one second has gone through them.

import { setTimeout as pause } from 'node:timers/promises'
import { type BenchmarkContext, benchmark } from './support/benchmark.ts'
import { windows } from './support/history.ts'
import { httpClient } from './support/http-client.ts'
import { project } from './support/ours.ts'
import { runGenerator } from './support/run-generator.ts'
import { scratchFolder } from './support/scratch.ts'
import { residentBytes, startServer } from './support/server-process.ts'

const dayMs = 86_400_000
const rounds = 50
const settleMs = 10_000
/** A day in a minute leaves garbage that a day in a day does not. */
const calmSeconds = 40

export default benchmark({
  help: 'resident memory of generator and server after a day of 60 series at 1 s',
  async run(context) {
    const folder = scratchFolder('memory')
    const seconds = context.scaled(dayMs / 1000, 600)
    const now = Math.floor(Date.now() / 1000) * 1000
    await rehearse(now)
    const { residentBytes: generatorBytes } = await runGenerator({
      folder,
      warmSeconds: 0,
      maxAgeSeconds: 7 * 86_400,
      isWatched: true,
      seconds,
      virtualStart: now - (seconds + calmSeconds) * 1000,
      calmSeconds,
    })
    const serverBytes = await serverAfterUse(folder, now, context)
    return [
      {
        what: 'resident memory of the generator after a day',
        unit: 'MB',
        ours: generatorBytes / 1e6,
        atLeast: { value: 90 },
        want: { value: 60 },
      },
      {
        what: 'resident memory of the server after a day, in use',
        unit: 'MB',
        ours: serverBytes / 1e6,
        atLeast: { value: 110 },
        want: { value: 80 },
      },
    ]
  },
})

/** What is started for the first time strips its types, and keeps what does that in memory; `npm start` sees to it too. */
async function rehearse(now: number): Promise<void> {
  const folder = scratchFolder('memory-rehearsal')
  const short = { warmSeconds: 0, seconds: 2, maxAgeSeconds: 86_400, isWatched: true, virtualStart: now }
  await runGenerator({ folder, ...short })
  await (await startServer(folder)).stop()
}

/** The server on that day's database, after a phone has looked at every category in every window many times. */
async function serverAfterUse(folder: string, now: number, context: BenchmarkContext): Promise<number> {
  const server = await startServer(folder)
  const client = httpClient(server.port)
  const fresh = residentBytes(server.pid)
  const asked = windows.filter(({ ms }) => ms <= 30 * dayMs)
  for (let round = 0; round < rounds; round++) {
    for (const { ms } of asked) {
      const to = now - round * 1000
      const parameters = { project, from: `${to - ms}`, to: `${to}`, buckets: '400' }
      await client.get(`/api/v1/query?${new URLSearchParams(parameters)}`)
    }
  }
  await pause(settleMs)
  const used = residentBytes(server.pid)
  context.say(`server: ${Math.round(fresh / 1e6)} MB fresh, ${Math.round(used / 1e6)} MB in use`)
  client.close()
  await server.stop()
  return used
}
