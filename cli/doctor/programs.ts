// Do the two programs run, and do they answer at the ports that the settings name?

import { once } from 'node:events'
import { createServer } from 'node:net'
import type { Databases } from '../databases.ts'
import { runningPrograms } from '../running-programs.ts'
import { ask } from './ask.ts'
import { bad, type Finding, good, hint } from './finding.ts'

const leastNode = 24

export function nodeFinding(version: string = process.versions.node): Finding {
  const [major = 0] = version.split('.').map(Number)
  if (major >= leastNode) return good('Node', version)
  return bad('Node', version, `run it as npm start or npx pocketstats: they bring Node ${leastNode}`)
}

export function programsFinding({ app }: Databases): Finding {
  const running = runningPrograms(app).map(({ name, pid }) => `${name} (${pid})`)
  if (running.length === 2) return good('Programs', `${running.sort().join(' and ')} run`)
  if (running.length === 0)
    return hint('Programs', 'neither generator nor server runs', 'npm start starts both')
  return bad('Programs', `only ${running.join()} runs`, 'npm start runs both and starts one that died again')
}

/** The main port, and the one for programs on this machine. */
export async function portFindings({ settings, app }: Databases): Promise<Finding[]> {
  const { Port, RestPort, Host } = settings.Server
  const isRunning = runningPrograms(app).some(({ name }) => name === 'server')
  const ports = [
    { port: Port, host: Host, setting: 'Port' },
    ...(RestPort === 0 || RestPort === Port
      ? []
      : [{ port: RestPort, host: '127.0.0.1', setting: 'RestPort' }]),
  ]
  return Promise.all(ports.map((door) => portFinding(door, isRunning)))
}

async function portFinding(
  { port, host, setting }: { port: number; host: string; setting: string },
  isRunning: boolean,
): Promise<Finding> {
  const what = `Port ${port}`
  const change = `set [Server] ${setting} in settings.conf to another port`
  if (port === 0)
    return hint(what, 'any free port is taken at each start', `set [Server] ${setting} to keep one`)
  if (!isRunning) {
    const problem = await whyTaken(host, port)
    return problem === null ? good(what, 'free') : bad(what, problem, change)
  }
  const answer = await ask(`http://${callable(host)}:${port}/healthz`)
  if ('error' in answer)
    return bad(what, `the server does not answer: ${answer.error}`, 'start it again with npm start')
  const status = statusOf(answer.body)
  if (status === null) return bad(what, 'another program answers here', change)
  if (status === 'fresh') return good(what, 'the server answers, points are fresh')
  return bad(
    what,
    'the server answers, but no fresh points come',
    'does the generator run, and what does it say?',
  )
}

/** All interfaces are called by the one that every machine has. */
const callable = (host: string): string => {
  if (host === '0.0.0.0' || host === '::' || host === '') return '127.0.0.1'
  return host.includes(':') ? `[${host}]` : host
}

/** Null for a port that can be had. */
async function whyTaken(host: string, port: number): Promise<string | null> {
  const server = createServer()
  try {
    server.listen(port, host)
    await once(server, 'listening')
    server.close()
    return null
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code === 'EADDRINUSE') return 'in use by another program'
    return error instanceof Error ? error.message : String(error)
  }
}

function statusOf(body: string): string | null {
  try {
    const { status } = JSON.parse(body) as { status?: unknown }
    return status === 'fresh' || status === 'stale' ? status : null
  } catch {
    return null
  }
}
