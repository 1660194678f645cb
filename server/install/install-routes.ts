// The page /install leads a phone from plain http to https and onto its home screen. It is open to everybody: who is not
// in yet, or trusts us not yet, must be able to read it. What it hands out is public.

import { X509Certificate } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { serveStatic } from '@hono/node-server/serve-static'
import type { Context } from 'hono'
import type { About } from '../../common/install-wire.ts'
import { Problem } from '../../common/problem.ts'
import { hostHeader } from '../access/caller.ts'
import type { ServerApp, Services } from '../services.ts'
import type { Certificates } from '../tls/certificates.ts'
import { type Authority, appleProfile, readAuthority } from './authority-files.ts'

export interface InstallOptions {
  /** Folder of the built app. */
  assetsFolder: string
  /** Null: this server speaks http only. */
  certificates: Pick<Certificates, 'authority' | 'pair'> | null
}

export function installRoutes(
  app: ServerApp,
  { clock, settings }: Pick<Services, 'clock' | 'settings'>,
  { assetsFolder, certificates }: InstallOptions,
): void {
  const page = serveStatic({ path: join(assetsFolder, 'install', 'index.html'), precompressed: true })
  app.get('/install', async (c, next) => {
    if (!existsSync(join(assetsFolder, 'install'))) return c.text('The app has not been built yet.\n', 503)
    c.header('Cache-Control', 'no-cache')
    return (await page(c, next)) ?? c.notFound()
  })

  app.get('/install/about.json', (c) =>
    c.json({
      now: clock.now(),
      ...httpsOf(certificates),
      serviceWorker: settings.Server.ServiceWorker,
    } satisfies About),
  )

  // For browsers without script: to the same page by https.
  app.get('/install/https', (c) => c.redirect(`https://${hostHeader(c)}/install`, 302))

  // A page of ours that came by http asks over https: an answer shows that this device trusts the certificate.
  app.get('/install/probe', (c) => {
    const origin = c.req.header('Origin')
    const isOurs = origin === `http://${hostHeader(c)}`
    return c.body(null, 204, isOurs ? { 'Access-Control-Allow-Origin': origin, Vary: 'Origin' } : {})
  })

  app.get('/install/pocketstats.crt', (c) =>
    file(c, 'pocketstats.crt', 'application/x-x509-ca-cert', needAuthority(certificates).certificate.raw),
  )
  app.get('/install/pocketstats.pem', (c) =>
    file(c, 'pocketstats.pem', 'application/x-pem-file', needAuthority(certificates).certificate.toString()),
  )
  // Safari takes a profile only when it is not a file to be kept.
  app.get('/install/pocketstats.mobileconfig', (c) =>
    c.body(appleProfile(needAuthority(certificates)), 200, {
      'Content-Type': 'application/x-apple-aspen-config',
    }),
  )
}

function httpsOf(certificates: InstallOptions['certificates']): Pick<About, 'https' | 'authority' | 'name'> {
  if (!certificates) return { https: 'none', authority: null, name: null }
  if (certificates.authority !== null) {
    const { name, fingerprint } = readAuthority(certificates.authority)
    return { https: 'own', authority: { name, fingerprint }, name: null }
  }
  const names = new X509Certificate(certificates.pair.cert).subjectAltName ?? ''
  return { https: 'files', authority: null, name: /DNS:([^*,\s]+)/.exec(names)?.[1] ?? null }
}

function needAuthority(certificates: InstallOptions['certificates']): Authority {
  if (certificates?.authority) return readAuthority(certificates.authority)
  throw new Problem('not-found', 'this server has no authority of its own: [Server] Tls is not auto')
}

function file(c: Context, name: string, type: string, content: Buffer | string): Response {
  const headers = { 'Content-Type': type, 'Content-Disposition': `attachment; filename="${name}"` }
  return c.body(typeof content === 'string' ? content : new Uint8Array(content), 200, headers)
}
