// Gathers and plugins as the generator told of them last, and switching them off and on, which the settings file keeps.

import { createRoute, z } from '@hono/zod-openapi'
import { PluginsSchema, SwitchSchema, type WirePlugins } from '../../common/plugin-wire.ts'
import { nameInSettings } from '../../common/settings-named.ts'
import { ownersOnly } from '../access/reader.ts'
import type { Parts, ServerApp } from '../services.ts'
import { failure, json } from './answers.ts'
import { notFound } from './parameters.ts'

const path = '/api/v1/plugins'

const readRoute = createRoute({
  method: 'get',
  path,
  operationId: 'plugins',
  tags: ['reading'],
  summary: 'Gathers and plugins: state, cost, what is wrong',
  responses: {
    200: json('The list', PluginsSchema),
    401: failure('This device is not paired'),
    403: failure('A viewer asked'),
  },
})

const switchRoute = createRoute({
  method: 'put',
  path: `${path}/{name}`,
  operationId: 'switchPlugin',
  tags: ['access'],
  summary: 'Switch a gather or plugin off or on',
  description:
    'DisabledGathers in the settings file is changed in place; the generator takes it up within seconds.',
  request: {
    params: z.object({ name: z.string() }),
    body: { required: true, content: { 'application/json': { schema: SwitchSchema } } },
  },
  responses: {
    200: json('The list as it is now', PluginsSchema),
    400: failure('A field is missing or not valid'),
    401: failure('This device is not paired'),
    403: failure('A viewer or a page of another site asked'),
    404: failure('There is no such gather or plugin'),
    409: failure('The environment says something else, or the settings file has mistakes'),
    503: failure('The settings file cannot be written'),
  },
})

export function pluginRoutes(app: ServerApp, services: Parts): void {
  app.use(path, ownersOnly(services))
  app.use(`${path}/*`, ownersOnly(services))
  app.openapi(readRoute, (c) => c.json(listOf(services), 200))
  app.openapi(switchRoute, (c) => {
    switchPlugin(services, c.req.valid('param').name, c.req.valid('json').isOn)
    return c.json(listOf(services), 200)
  })
}

/** What is switched off counts at once, before the generator has taken it up. */
function listOf({ retention, pluginReport }: Parts): WirePlugins {
  const report = pluginReport?.()
  const off = retention.newest().Generator.DisabledGathers.map(nameInSettings)
  const plugins = report?.plugins ?? []
  return {
    folder: report?.folder ?? '',
    at: report?.at ?? null,
    isFixed: retention.fixed.disabledGathers,
    plugins: plugins.map(({ file: _, state, ...plugin }) => {
      const isOn = !off.includes(nameInSettings(plugin.name))
      const now = isOn ? (state === 'off' ? 'starting' : state) : 'off'
      return { ...plugin, isOn, state: now, message: isOn ? plugin.message : null }
    }),
  }
}

/** Throws a Problem `not-found` for a name that nothing has, and what saving throws. */
function switchPlugin({ retention, pluginReport }: Parts, name: string, isOn: boolean): void {
  const known = (pluginReport?.()?.plugins ?? []).map((plugin) => plugin.name)
  const before = retention.newest().Generator.DisabledGathers
  if (!known.includes(name) && !before.includes(name)) throw notFound('plugin', name, known)
  const others = before.filter((one) => nameInSettings(one) !== nameInSettings(name))
  retention.saveDisabled(isOn ? others : [...others, name])
}
