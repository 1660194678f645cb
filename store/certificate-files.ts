// Where a machine's own certificates lie, beside its databases, and what can be told from them: the server serves by
// them, the command line looks after them.

import { createPrivateKey, X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

export interface CertificatePaths {
  folder: string
  /** The authority's certificate, which phones install. */
  authority: string
  /** Its key: whoever has it may speak for this machine's names. Only its owner can read it (0600). */
  authorityKey: string
  /** The server's key and certificate in one file, replaced as one (0600). */
  server: string
}

/** `database` is the path of data.db. */
export function certificatePaths(database: string): CertificatePaths {
  const folder = join(dirname(database), 'tls')
  return {
    folder,
    authority: join(folder, 'authority.crt'),
    authorityKey: join(folder, 'authority.key'),
    server: join(folder, 'server.pem'),
  }
}

/** The first certificate in a PEM file; undefined when there is none that can be read. */
export function readCertificate(file: string): X509Certificate | undefined {
  try {
    return new X509Certificate(readFileSync(file))
  } catch {
    return undefined
  }
}

/** Whether a PEM file's first certificate belongs to the private key in `keyFile`. */
export function belongsTogether(file: string, keyFile: string): boolean {
  try {
    return readCertificate(file)?.checkPrivateKey(createPrivateKey(readFileSync(keyFile))) ?? false
  } catch {
    return false
  }
}

/** Valid at `time` (ms). */
export const isValidAt = (certificate: X509Certificate, time: number): boolean =>
  time >= certificate.validFromDate.getTime() && time < certificate.validToDate.getTime()

/** True when a certificate speaks for each of these names and addresses. */
export const covers = (
  certificate: X509Certificate,
  { names, addresses }: { names: readonly string[]; addresses: readonly string[] },
): boolean =>
  names.every((name) => certificate.checkHost(name) !== undefined) &&
  addresses.every((address) => certificate.checkIP(address) !== undefined)

/** As phones and browsers show it: `AB:CD:…`, SHA-256. */
export const fingerprintOf = (certificate: X509Certificate): string => certificate.fingerprint256
