// Clients of other databases show a token or a password: here that is the project's id. They come in any of the ways
// that those databases ever had.

import type { Context } from 'hono'

/** What the client shows as a key, from `Authorization` (Token, Bearer or Basic) or a parameter; undefined for nothing. */
export const shownKey = (c: Context, parameters: readonly string[] = []): string | undefined =>
  keyIn(c.req.header('Authorization'), parameters, (name) => c.req.query(name))

/** The same from the header and a way to ask for parameters. */
export const keyIn = (
  authorization: string | undefined,
  parameters: readonly string[],
  parameter: (name: string) => string | null | undefined,
): string | undefined =>
  (authorization === undefined ? undefined : fromHeader(authorization)) ?? firstOf(parameters, parameter)

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

function firstOf(
  names: readonly string[],
  parameter: (name: string) => string | null | undefined,
): string | undefined {
  for (const name of names) {
    const value = parameter(name)
    if (value) return value
  }
  return undefined
}
