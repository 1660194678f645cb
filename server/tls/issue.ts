// A process that lives for a blink: makes what is missing of the machine's own certificates and writes the files. The
// server itself never holds the authority's key, nor the libraries that make certificates.

import { createPrivateKey, generateKeyPairSync, type KeyObject, type X509Certificate } from 'node:crypto'
import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs'
import { AsnConvert } from '@peculiar/asn1-schema'
import {
  Certificate,
  id_ce_nameConstraints,
  type Name,
  NameConstraints,
  type TBSCertificate,
} from '@peculiar/asn1-x509'
import {
  belongsTogether,
  type CertificatePaths,
  certificatePaths,
  isValidAt,
  readCertificate,
} from '../../store/certificate-files.ts'
import { authorityCertificate, serverCertificate } from './certificate.ts'
import { type Permitted, permittedFor, permittedPart } from './permitted.ts'
import type { ServedNames } from './served-names.ts'

const day = 86_400_000
/** Less than the 397 days that browsers allow; a stolen key is soon worth nothing. */
const serverLifeMs = 30 * day
const authorityLifeMs = 10 * 365 * day
/** A phone's clock may be behind ours, and ours may have been ahead when the authority was made. */
const serverSlackMs = 2 * day
const authorityFrom = new Date('2024-01-01T00:00:00Z')

export interface IssueOrder extends ServedNames {
  /** Path of data.db. */
  database: string
  /** How the machine is called in the phone's list of authorities. */
  machine: string
  now: number
}

/** Makes the authority if there is none that is good, and a new certificate of the server below it. */
export function issue({ database, machine, now, ...wanted }: IssueOrder): void {
  const paths = certificatePaths(database)
  mkdirSync(paths.folder, { recursive: true, mode: 0o700 })
  const authority = goodAuthority(paths, now) ?? makeAuthority(paths, { machine, now, wanted })
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const certificate = serverCertificate(privateKey, {
    ...permittedPart(wanted, authority.permitted),
    issuer: authority.name,
    issuerKey: authority.key,
    notBefore: new Date(Math.max(now - serverSlackMs, authorityFrom.getTime())),
    notAfter: new Date(Math.min(now + serverLifeMs, authority.validTo)),
  })
  replace(paths.server, keyText(privateKey) + certificate)
}

interface Authority {
  key: KeyObject
  name: Name
  permitted: Permitted
  /** ms */
  validTo: number
}

function goodAuthority(paths: CertificatePaths, now: number): Authority | undefined {
  const certificate = readCertificate(paths.authority)
  if (!certificate || !isValidAt(certificate, now)) return undefined
  if (!belongsTogether(paths.authority, paths.authorityKey)) return undefined
  return authorityOf(certificate, createPrivateKey(readFileSync(paths.authorityKey)))
}

function makeAuthority(
  paths: CertificatePaths,
  { machine, now, wanted }: { machine: string; now: number; wanted: ServedNames },
): Authority {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const certificate = authorityCertificate(privateKey, {
    name: `Pocketstats on ${machine}`,
    permitted: permittedFor(wanted),
    notBefore: authorityFrom,
    notAfter: new Date(now + authorityLifeMs),
  })
  // The key first: a certificate whose key is missing would be handed out for nothing.
  replace(paths.authorityKey, keyText(privateKey))
  replace(paths.authority, certificate, 0o644)
  const written = readCertificate(paths.authority)
  if (!written) throw new Error(`${paths.authority} cannot be read`)
  return authorityOf(written, privateKey)
}

function authorityOf(certificate: X509Certificate, key: KeyObject): Authority {
  const { tbsCertificate } = AsnConvert.parse(certificate.raw, Certificate)
  return {
    key,
    name: tbsCertificate.subject,
    permitted: limitsOf(tbsCertificate),
    validTo: certificate.validToDate.getTime(),
  }
}

/** What the certificate itself says it may sign. */
function limitsOf({ extensions }: TBSCertificate): Permitted {
  const found = extensions?.find(({ extnID }) => extnID === id_ce_nameConstraints)
  const limits = found && AsnConvert.parse(found.extnValue, NameConstraints)
  const bases = (limits?.permittedSubtrees ?? []).map(({ base }) => base)
  return {
    names: bases.flatMap(({ dNSName }) => dNSName ?? []),
    ranges: bases.flatMap(({ iPAddress }) => iPAddress ?? []),
  }
}

const keyText = (key: KeyObject): string => String(key.export({ type: 'pkcs8', format: 'pem' }))

/** All of the text or nothing stands in the file, whatever happens. */
function replace(file: string, text: string, mode = 0o600): void {
  const part = `${file}.${process.pid}`
  const handle = openSync(part, 'w', mode)
  try {
    writeSync(handle, text)
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
  renameSync(part, file)
}
