// Does https work: are the certificates there, good for long enough and for every address, and their keys kept to
// themselves?

import type { X509Certificate } from 'node:crypto'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import type { Settings } from '../../common/settings.ts'
import {
  belongsTogether,
  certificatePaths,
  fingerprintOf,
  isValidAt,
  readCertificate,
} from '../../store/certificate-files.ts'
import type { Databases } from '../databases.ts'
import { runningPrograms } from '../running-programs.ts'
import { ask } from './ask.ts'
import { bad, type Finding, good, hint } from './finding.ts'
import { addresses } from './network.ts'

const day = 86_400_000
/** People have to install a new authority on every phone: told early. */
const authoritySoonMs = 180 * day
const ownSoonMs = 14 * day

export async function certificateFindings(
  databases: Databases,
  settingsFile: string,
  now = Date.now(),
): Promise<Finding[]> {
  const { settings } = databases
  if (settings.Server.Tls === 'no') {
    return [
      hint(
        'https',
        'switched off: Tls = no',
        'phones install the app and notify only over https: a proxy in front must speak it',
      ),
    ]
  }
  if (settings.Server.Tls === 'files') return [ownFinding(settings, settingsFile, now)]
  return authorityFindings(databases, now)
}

function ownFinding(
  { Server: { TlsCertificate, TlsKey } }: Settings,
  settingsFile: string,
  now: number,
): Finding {
  const [file, key] = [TlsCertificate, TlsKey].map((path) => resolve(dirname(settingsFile), path))
  const certificate = file === undefined ? undefined : readCertificate(file)
  const next = 'set TlsCertificate and TlsKey in settings.conf to PEM files that belong together'
  if (!certificate) return bad('https', `TlsCertificate = ${TlsCertificate} cannot be read`, next)
  if (!belongsTogether(file ?? '', key ?? ''))
    return bad('https', `TlsKey = ${TlsKey} does not belong to the certificate`, next)
  const until = `good until ${dateOf(certificate)}`
  if (!isValidAt(certificate, now))
    return bad('https', `the certificate is not valid now: ${until}`, 'renew it')
  if (!isValidAt(certificate, now + ownSoonMs)) return hint('https', until, 'renew it soon')
  return good('https', `${TlsCertificate}, ${until}`)
}

async function authorityFindings({ data, app, settings }: Databases, now: number): Promise<Finding[]> {
  const paths = certificatePaths(data)
  const authority = readCertificate(paths.authority)
  const server = readCertificate(paths.server)
  if (!existsSync(paths.folder))
    return [hint('Authority', `there is no ${paths.folder} yet`, 'the first npm start makes it')]
  if (!authority || !belongsTogether(paths.authority, paths.authorityKey)) {
    const next = `remove ${paths.folder} and start again; phones then need the new certificate`
    return [bad('Authority', `${paths.authority} and its key cannot be used`, next)]
  }
  const found = [authorityFinding(authority, paths, now)]
  const isRunning = runningPrograms(app).some(({ name }) => name === 'server')
  if (!server || !isValidAt(server, now)) {
    const text = server ? `expired: good until ${dateOf(server)}` : `${paths.server} cannot be read`
    found.push(
      isRunning
        ? bad('Certificate', text, 'what does the server say of it?')
        : hint('Certificate', text, 'the server makes a new one'),
    )
  } else if (isRunning && settings.Server.Port !== 0) {
    found.push(await servedFinding(server, settings.Server, readFileSync(paths.authority, 'utf8')))
  } else {
    found.push(good('Certificate', `good until ${dateOf(server)}, renewed by itself`))
  }
  return found
}

function authorityFinding(
  authority: X509Certificate,
  { authorityKey }: { authorityKey: string },
  now: number,
): Finding {
  if ((statSync(authorityKey).mode & 0o077) !== 0) {
    return bad('Authority', `others can read ${authorityKey}`, `chmod 600 ${authorityKey}`)
  }
  const text = `SHA-256 ${fingerprintOf(authority)}, good until ${dateOf(authority)}`
  if (!isValidAt(authority, now + authoritySoonMs)) {
    return hint('Authority', text, 'then a new one is made, which phones have to install')
  }
  return good('Authority', text)
}

/** Asked at every address as phones do. */
async function servedFinding(
  server: X509Certificate,
  { Host, Port }: Settings['Server'],
  ca: string,
): Promise<Finding> {
  const failures: string[] = []
  const listening = Host === '0.0.0.0' || Host === '::' ? ['127.0.0.1', ...addresses()] : [Host]
  for (const address of listening) {
    const answer = await ask(`https://${address}:${Port}/healthz`, ca)
    if ('error' in answer) failures.push(`${address}: ${answer.error}`)
  }
  if (failures.length === 0)
    return good('Certificate', `serves every address, good until ${dateOf(server)}, renewed by itself`)
  const next = 'wait a minute for a new address; for a new public address or host name see docs/https.md'
  return bad('Certificate', failures.join('; '), next)
}

const dateOf = ({ validToDate }: X509Certificate): string => validToDate.toISOString().slice(0, 10)
