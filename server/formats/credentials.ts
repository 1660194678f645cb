// Clients of other databases show a token or a password: here that is the project's id. They come in any of the ways
// that those databases ever had.

import type { Context } from 'hono'

/** What the client shows as a key, from `Authorization` (Token, Bearer or Basic) or a parameter; undefined for nothing. */
export function shownKey(c: Context, parameters: readonly string[] = []): string | undefined {
  return fromHeader(c.req.header('Authorization') ?? '') ?? fromParameters(c, parameters)
}

function fromHeader(header: string): string | undefined {
  const [, scheme = '', value = ''] = /^(\w+) +(\S.*)$/.exec(header.trim()) ?? []
  switch (scheme.toLowerCase()) {
    case 'token':
      // Version 1.8 writes user:password here.
      return afterColon(value)
    case 'bearer':
      return value
    case 'basic':
      return afterColon(Buffer.from(value, 'base64').toString()) || undefined
    default:
      return undefined
  }
}

const afterColon = (text: string): string => text.slice(text.indexOf(':') + 1)

function fromParameters(c: Context, names: readonly string[]): string | undefined {
  for (const name of names) {
    const value = c.req.query(name)
    if (value) return value
  }
  return undefined
}
