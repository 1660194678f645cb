import { execFileSync, spawnSync } from 'node:child_process'
import { createPrivateKey, generateKeyPairSync, X509Certificate } from 'node:crypto'
import { chmodSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { AsnConvert } from '@peculiar/asn1-schema'
import { Certificate } from '@peculiar/asn1-x509'
import { expect, onTestFinished, test } from 'vitest'
import { serverCertificate } from '../../../server/tls/certificate.ts'
import { type IssueOrder, issue } from '../../../server/tls/issue.ts'
import { OwnCertificates } from '../../../server/tls/own-certificates.ts'
import type { ServedNames } from '../../../server/tls/served-names.ts'
import { certificatePaths } from '../../../store/certificate-files.ts'
import { TestClock, temporaryFolder } from '../support/test-app.ts'

const day = 86_400_000

/** The certificates of a machine whose clock, names and addresses the test chooses, made in this process. */
async function machine(served: ServedNames = { names: ['localhost', 'nas'], addresses: ['192.168.1.7'] }) {
  const folder = temporaryFolder()
  const clock = new TestClock()
  const state = { served, broken: false, orders: [] as IssueOrder[], said: [] as string[] }
  const options = {
    database: join(folder, 'data.db'),
    machine: 'nas, in the cellar',
    served: () => state.served,
    clock,
    log: (line: string) => state.said.push(line),
    issue: async (order: IssueOrder) => {
      state.orders.push(order)
      if (state.broken) throw new Error('no room')
      issue(order)
    },
  }
  const open = async () => {
    const own = await OwnCertificates.open(options)
    onTestFinished(() => own.close())
    return own
  }
  const certificate = () => new X509Certificate(readFileSync(paths.server))
  const paths = certificatePaths(options.database)
  return { folder, paths, clock, state, open, certificate, own: await open() }
}

/** What openssl says of a certificate below an authority, at a time. */
function openssl(authority: string, file: string, time: number, ...options: string[]): string {
  const at = ['-attime', String(Math.floor(time / 1000))]
  const args = [
    'verify',
    '-x509_strict',
    '-purpose',
    'sslserver',
    ...at,
    ...options,
    '-CAfile',
    authority,
    file,
  ]
  const { stdout, stderr } = spawnSync('openssl', args, { encoding: 'utf8' })
  return stdout + stderr
}

test('issue() makes a chain that openssl verifies for each name and address', async () => {
  const { paths, clock, certificate } = await machine()
  expect(openssl(paths.authority, paths.server, clock.now())).toContain(': OK')
  expect(openssl(paths.authority, paths.server, clock.now(), '-verify_hostname', 'nas')).toContain(': OK')
  expect(openssl(paths.authority, paths.server, clock.now(), '-verify_ip', '192.168.1.7')).toContain(': OK')
  expect(openssl(paths.authority, paths.server, clock.now(), '-verify_ip', '192.168.1.8')).toContain(
    'mismatch',
  )
  const days = (certificate().validToDate.getTime() - certificate().validFromDate.getTime()) / day
  expect(days).toBeLessThan(40)
})

test('the authority may not speak for a bank, a public address or another authority', async () => {
  const { folder, paths, clock } = await machine()
  const issuerKey = createPrivateKey(readFileSync(paths.authorityKey))
  const authority = AsnConvert.parse(new X509Certificate(readFileSync(paths.authority)).raw, Certificate)
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const verdict = (names: string[], addresses: string[]): string => {
    const file = join(folder, 'forged.crt')
    const life = { notBefore: new Date(clock.now() - day), notAfter: new Date(clock.now() + day) }
    const issuer = authority.tbsCertificate.subject
    writeFileSync(file, serverCertificate(privateKey, { names, addresses, issuer, issuerKey, ...life }))
    return openssl(paths.authority, file, clock.now())
  }
  expect(verdict(['nas'], [])).toContain(': OK')
  expect(verdict(['bank.example'], [])).toContain('permitted subtree violation')
  expect(verdict(['nas', 'bank.example'], [])).toContain('permitted subtree violation')
  expect(verdict([], ['93.184.216.34'])).toContain('permitted subtree violation')
  expect(verdict([], ['2606:4700::1111'])).toContain('permitted subtree violation')
  const text = execFileSync('openssl', ['x509', '-in', paths.authority, '-noout', '-text'], {
    encoding: 'utf8',
  })
  expect(text).toMatch(/Name Constraints: critical/)
  expect(text).toMatch(/CA:TRUE, pathlen:0/)
})

test('keys can be read by their owner only', async () => {
  const { paths } = await machine()
  const modes = [paths.folder, paths.authorityKey, paths.server].map((path) => statSync(path).mode & 0o777)
  expect(modes).toEqual([0o700, 0o600, 0o600])
})

test('OwnCertificates opens what lies there, and makes all anew where the key is gone or foreign', async () => {
  const { open, own, paths, state } = await machine()
  expect((await open()).pair).toEqual(own.pair)
  expect(state.orders).toHaveLength(1)
  rmSync(paths.server)
  expect((await open()).authority).toBe(own.authority)
  rmSync(paths.authorityKey)
  rmSync(paths.server)
  const anew = await open()
  expect(anew.authority).not.toBe(own.authority)
  writeFileSync(paths.server, own.pair.cert)
  expect((await open()).authority).toBe(anew.authority)
})

test('OwnCertificates renews in time, serves the new one at once and keeps the authority', async () => {
  const { own, clock, certificate, state } = await machine()
  const [before, authority] = [certificate(), own.authority]
  const served: string[] = []
  own.onChange(({ cert }) => served.push(new X509Certificate(cert).serialNumber))
  clock.pass(15 * day)
  await own.look()
  expect(served).toEqual([])
  clock.pass(6 * day)
  await own.look()
  expect(served).toEqual([certificate().serialNumber])
  expect(certificate().validToDate.getTime()).toBeGreaterThan(before.validToDate.getTime())
  expect(own.authority).toBe(authority)
  expect(state.said.at(-1)).toMatch(/new certificate for localhost, nas, 192\.168\.1\.7/)
})

test('OwnCertificates speaks for a new address at once, and asks no second time for what it may not have', async () => {
  const { own, state, certificate } = await machine()
  state.served = { names: ['localhost', 'nas'], addresses: ['192.168.1.7', '10.0.0.5'] }
  await own.look()
  expect(certificate().checkIP('10.0.0.5')).toBe('10.0.0.5')
  state.served = { names: ['localhost', 'renamed'], addresses: ['10.0.0.5'] }
  await own.look()
  await own.look()
  expect(state.orders).toHaveLength(3)
  expect(certificate().checkHost('renamed')).toBeUndefined()
  expect(state.said.filter((line) => line.includes('may not speak for it'))).toHaveLength(1)
})

test('OwnCertificates keeps the old certificate and says why when no new one can be made, and tries again', async () => {
  const { own, state, clock } = await machine()
  const { pair } = own
  clock.pass(25 * day)
  state.broken = true
  await own.look()
  await own.look()
  expect(own.pair).toBe(pair)
  expect(state.said).toEqual(['server: the certificate cannot be renewed: no room'])
  state.broken = false
  clock.pass(3_600_000)
  await own.look()
  expect(own.pair).not.toEqual(pair)
})

test('OwnCertificates makes a good certificate after the clock went far back', async () => {
  const { own, clock, certificate } = await machine()
  clock.time -= 100 * day
  await own.look()
  expect(certificate().validFromDate.getTime()).toBeLessThan(clock.now())
  expect(certificate().validToDate.getTime()).toBeGreaterThan(clock.now())
})

test('OwnCertificates.open() says what cannot be made', async () => {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'tls'), 'a file where the folder should be')
  chmodSync(folder, 0o700)
  const served = () => ({ names: ['localhost'], addresses: ['127.0.0.1'] })
  const opened = OwnCertificates.open({
    ...{ database: join(folder, 'data.db'), machine: 'nas', served, clock: new TestClock(), log: () => {} },
  })
  await expect(opened).rejects.toThrow(/no certificate could be made: EEXIST/)
})
