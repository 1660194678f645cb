// Is this machine's clock kept right by the network? A wrong one puts points into the wrong minute.

import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { bad, type Finding, good, hint } from './finding.ts'

/** Before this the clock was certainly never set (ms). */
const released = Date.UTC(2026, 0, 1)

export function timeFinding(now = Date.now(), synchronized = isSynchronized()): Finding {
  const text = new Date(now).toString().replace(/ \(.*/, '')
  const next = 'switch it on: timedatectl set-ntp true, or install chrony'
  if (now < released) return bad('Clock', `${text} is in the past`, next)
  if (synchronized === false) return hint('Clock', `${text}, not kept right by the network`, next)
  if (synchronized === undefined)
    return hint(
      'Clock',
      `${text}; whether the network keeps it right cannot be told`,
      'compare it with your phone',
    )
  return good('Clock', `${text}, kept right by the network`)
}

/** Undefined where the system does not tell. */
function isSynchronized(): boolean | undefined {
  if (existsSync('/run/systemd/timesync/synchronized')) return true
  try {
    const said = execFileSync('timedatectl', ['show', '-p', 'NTPSynchronized', '--value'], {
      encoding: 'utf8',
      timeout: 2000,
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    return said.trim() === '' ? undefined : said.trim() === 'yes'
  } catch {
    return undefined
  }
}
