// A port that cannot be had is said in one line that names the setting to change.

import { Problem } from '../common/problem.ts'

interface Place {
  /** Where its settings stand, and which of them is the port. */
  section: 'Server' | 'Tcp' | 'Statsd'
  setting: string
  host: string
  port: number
}

/** A Problem `unavailable` for what the system said. */
export function portProblem(
  { section, setting, host, port }: Place,
  { code, message }: NodeJS.ErrnoException,
): Problem {
  const change = (what: string): string => `set [${section}] ${what} in settings.conf`
  const reasons: Record<string, string> = {
    EADDRINUSE: `port ${port} is in use by another program; ${change(setting)} to a free port`,
    EACCES: `port ${port} is not allowed for this user; ${change(setting)} to one above 1023`,
    EADDRNOTAVAIL: `${host} is not an address of this machine; ${change('Host')} to one, or to 0.0.0.0 for all`,
    ENOTFOUND: `${host} is not an address; ${change('Host')} to one of this machine, or to 0.0.0.0 for all`,
  }
  return new Problem('unavailable', reasons[code ?? ''] ?? `port ${port} cannot be opened: ${message}`)
}
