// The API describes itself, from the very schemas that check its requests.

import type { ServerApp, Services } from '../services.ts'

const path = '/api/v1/openapi.json'

/** `GET /api/v1/openapi.json`: an OpenAPI 3.1 document of every route that was added to `app`. */
export function openapiRoute(app: ServerApp, { version }: Services): void {
  let body: string | undefined
  app.get(path, (c) => {
    body ??= JSON.stringify(describe(app, version()))
    return c.body(body, 200, { 'Content-Type': 'application/json' })
  })
}

const describe = (app: ServerApp, version: string) =>
  app.getOpenAPI31Document({
    openapi: '3.1.0',
    info: {
      title: 'Pocketstats',
      version,
      description: [
        'Points in, history out. Adding takes the id of a project; reading takes a paired device (its cookie) or this very machine.',
        'Times in requests are seconds or milliseconds since 1970 or ISO 8601; times in answers are milliseconds.',
        'Every error is `{ error: { code, message, field?, given?, expected? } }`.',
      ].join('\n\n'),
      license: { name: 'MIT' },
    },
    servers: [{ url: '/' }],
    tags: [
      { name: 'points', description: 'Adding numbers of your own' },
      { name: 'formats', description: 'Adding them as programs for other databases do' },
      { name: 'projects', description: 'Where numbers of your own belong' },
      { name: 'reading', description: 'History, newest values and the live stream' },
      { name: 'access', description: 'Pairing and health' },
    ],
  })
