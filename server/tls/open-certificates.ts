// Which certificates the server speaks https with, by [Server] Tls: its own, those of the owner, or none.

import { hostname } from 'node:os'
import { dirname, resolve } from 'node:path'
import type { Clock } from '../../common/clock.ts'
import { Problem } from '../../common/problem.ts'
import type { Settings } from '../../common/settings.ts'
import { namesOfMachine } from '../access/host-check.ts'
import type { Certificates } from './certificates.ts'
import { FileCertificates } from './file-certificates.ts'
import { OwnCertificates } from './own-certificates.ts'
import { servedNames } from './served-names.ts'

export interface OpenCertificatesOptions {
  settings: Settings
  /** Relative paths in it count from its folder. */
  settingsFile: string
  /** Path of data.db. */
  database: string
  clock: Clock
  log: (line: string) => void
}

/**
 * Null where https is switched off, or where the machine's own certificate cannot be made: then it is said why, and all
 * else goes on. Throws a Problem `invalid` for files of the owner's that cannot be served.
 */
export async function openCertificates(options: OpenCertificatesOptions): Promise<Certificates | null> {
  const { settings, settingsFile, database, clock, log } = options
  const { Tls, TlsCertificate, TlsKey, AllowedHosts } = settings.Server
  if (Tls === 'no') return null
  if (Tls === 'files') {
    const path = (setting: string, given: string): string => {
      if (given === '')
        throw new Problem('invalid', `[Server] Tls = files needs ${setting}, the path of a PEM file`)
      return resolve(dirname(settingsFile), given)
    }
    const files = { certificate: path('TlsCertificate', TlsCertificate), key: path('TlsKey', TlsKey) }
    return new FileCertificates({ ...files, clock, log })
  }
  const served = () => servedNames({ hostNames: namesOfMachine(hostname()), allowedHosts: AllowedHosts })
  const machine = settings.General.MachineName || hostname()
  try {
    return await OwnCertificates.open({ database, machine, served, clock, log })
  } catch (error) {
    log(`server: no https: ${error instanceof Error ? error.message : error}`)
    return null
  }
}
