// Who is asking? A request counts as this machine's own only when socket, Host and headers all say so: a proxy in
// front or a foreign web page in the browser makes it foreign.

import { isIP, isIPv4 } from 'node:net'
import type { Context } from 'hono'
import type { Services } from '../services.ts'

/** Headers by which proxies tell that they carry somebody else's request; any x-forwarded-… and …client-ip count as well. */
const proxyHeaders = new Set([
  'forwarded',
  'via',
  'x-real-ip',
  'x-original-forwarded-for',
  'x-envoy-external-address',
  'x-remote-ip',
  'x-remote-addr',
  'cf-connecting-ip',
])

/** True for a request that a program or a page of ours on this very machine sent, through no proxy. */
export const isThisMachine = (c: Context, { remoteAddress }: Pick<Services, 'remoteAddress'>): boolean =>
  isLoopbackAddress(remoteAddress(c) ?? '') &&
  isLoopbackHost(hostHeader(c)) &&
  !cameThroughProxy(c) &&
  !isFromForeignPage(c)

/** True when a browser says that a page of another origin caused the request. */
export function isFromForeignPage(c: Context): boolean {
  const site = c.req.header('Sec-Fetch-Site')
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return true
  const origin = c.req.header('Origin')
  // Only host and port are compared: behind a proxy that speaks https the scheme differs.
  return origin !== undefined && hostOfOrigin(origin) !== hostHeader(c).toLowerCase()
}

/** True when the client speaks https, with us or with a proxy on this machine; who else says so is not believed. */
export const isSecure = (c: Context, { remoteAddress }: Pick<Services, 'remoteAddress'>): boolean =>
  new URL(c.req.url).protocol === 'https:' ||
  (c.req.header('X-Forwarded-Proto') === 'https' && isLoopbackAddress(remoteAddress(c) ?? ''))

/** Whose request it is, as far as a proxy on this machine tells: it writes the address that it saw behind all others. */
export function clientAddress(c: Context, { remoteAddress }: Pick<Services, 'remoteAddress'>): string {
  const address = remoteAddress(c) ?? 'unknown'
  if (!isLoopbackAddress(address)) return address
  const last = c.req.header('X-Forwarded-For')?.split(',').at(-1)?.trim() ?? ''
  return isIP(last) === 0 ? address : last
}

/** Host and port as the client called them. */
export const hostHeader = (c: Context): string => c.req.header('Host') ?? new URL(c.req.url).host

/** True for `localhost` and its like, with or without a port. */
export const isLoopbackHost = (host: string): boolean => isLoopbackName(hostNameOf(host) ?? '')

/** The name in `host` or `host:port`, lower case, IPv6 in brackets; undefined when it is none. */
export function hostNameOf(host: string): string | undefined {
  if (/[/?#@\\\s]/.test(host)) return undefined
  try {
    return new URL(`http://${host}`).hostname.replace(/\.$/, '') || undefined
  } catch {
    return undefined
  }
}

function hostOfOrigin(origin: string): string | undefined {
  try {
    return new URL(origin).host
  } catch {
    return undefined
  }
}

function isLoopbackAddress(address: string): boolean {
  const plain = address.replace(/^::ffff:/i, '')
  return plain === '::1' || (isIPv4(plain) && plain.startsWith('127.'))
}

const isLoopbackName = (name: string): boolean =>
  name === 'localhost' || name === '[::1]' || (isIPv4(name) && name.startsWith('127.'))

const cameThroughProxy = (c: Context): boolean =>
  [...c.req.raw.headers.keys()].some(
    (name) => proxyHeaders.has(name) || name.startsWith('x-forwarded') || /client-?ip$/.test(name),
  )
