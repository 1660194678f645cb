// Asks a server at one address and says what came of it, without waiting long.

import { request as httpRequest } from 'node:http'
import { request as httpsRequest } from 'node:https'

export type Answer = { status: number; body: string } | { error: string }

const patienceMs = 3000

/** `GET url`; over https the answer counts only when `ca` (PEM) or the system's authorities vouch for it. */
export function ask(url: string, ca?: string): Promise<Answer> {
  return new Promise((resolve) => {
    const isSecure = url.startsWith('https:')
    const options = { timeout: patienceMs, agent: false as const, ...(ca && { ca }) }
    const request = (isSecure ? httpsRequest : httpRequest)(url, options, (response) => {
      let body = ''
      response.setEncoding('utf8')
      response.on('data', (text: string) => {
        body += text
      })
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body }))
    })
    request.on('timeout', () => request.destroy(new Error(`no answer within ${patienceMs / 1000} s`)))
    request.on('error', (error) => resolve({ error: error.message || error.name }))
    request.end()
  })
}
