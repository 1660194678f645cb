// What an open app costs on the wire: ten cards on the screen, live, a realistic point a second of each series.

import { setTimeout as pause } from 'node:timers/promises'
import type { Browser } from 'playwright-core'
import { undeclared } from '../../common/declaration.ts'
import type { Store } from '../../store/types.ts'
import { openOurs, project } from '../support/ours.ts'
import { RealisticMachine } from '../support/realistic-series.ts'
import { removeFolder, scratchFolder } from '../support/scratch.ts'
import { startServer } from '../support/server-process.ts'
import { countingProxy } from './counting-proxy.ts'

/** The eight categories of one machine, and the two busiest kinds of another. */
const machines = [
  { machine: new RealisticMachine(1), suffix: '', kinds: null },
  { machine: new RealisticMachine(2), suffix: ' 2', kinds: ['processors', 'network'] },
]

/** Seconds of history before the start, and those after which the app has fetched all that it shows. */
const historySeconds = 900
const settleSeconds = 10

/** Bytes that the server sends in an hour, told from `seconds` of it; the catalogue and history at the start are not in it. */
export async function liveBytesAnHour(browser: Browser, seconds: number): Promise<number> {
  const folder = scratchFolder('wire')
  const stopRunning = keepRunning(openOurs(folder, 1))
  const server = await startServer(folder)
  const proxy = await countingProxy(server.port)
  const context = await browser.newContext({
    viewport: { width: 1440, height: 2400 },
    serviceWorkers: 'block',
  })
  const page = await context.newPage()
  await page.goto(`http://localhost:${proxy.port}/?${new URLSearchParams({ project })}`)
  await page.locator('.graph-traces canvas').nth(9).waitFor()
  await pause(settleSeconds * 1000)
  const before = proxy.bytes()
  await pause(seconds * 1000)
  const received = proxy.bytes() - before
  await context.close()
  proxy.close()
  stopRunning()
  await server.stop()
  removeFolder(folder)
  return (received / seconds) * 3600
}

/** A quarter of an hour, then a round every second, as it happens, until the returned function is called. */
function keepRunning(store: Store): () => void {
  for (const { machine, suffix, kinds } of machines)
    for (const { name } of machine.categories)
      if (kinds === null || kinds.includes(name))
        store.declare(project, name + suffix, { ...undeclared, everySeconds: 1 })
  const start = Math.floor(Date.now() / 1000) * 1000
  for (let n = historySeconds; n >= 0; n--) store.append(roundAt(start - n * 1000))
  const timer = setInterval(() => store.append(roundAt(Math.floor(Date.now() / 1000) * 1000)), 1000)
  return () => {
    clearInterval(timer)
    store.close()
  }
}

/** A round of all series at `time` (ms). */
function roundAt(time: number) {
  return machines.flatMap(({ machine, suffix, kinds }) => {
    const values = machine.next(1)
    let at = 0
    const points = machine.categories.flatMap(({ name, labels }) =>
      labels.map((label) => ({
        project,
        category: name + suffix,
        label,
        time,
        value: values[at++] ?? 0,
        kind: name,
      })),
    )
    return points
      .filter(({ kind }) => kinds === null || kinds.includes(kind))
      .map(({ kind: _, ...point }) => point)
  })
}
