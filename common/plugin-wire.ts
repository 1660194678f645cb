// What travels between server and app about gathers and plugins.

import { z } from 'zod'

const alert = z.object({
  series: z.string().describe('Label; empty for any'),
  above: z.number().nullable(),
  below: z.number().nullable(),
  seconds: z.number().describe('So long without a break'),
  text: z.string(),
})

export const PluginSchema = z
  .object({
    name: z.string().describe('File name without its ending, as in settings'),
    kind: z.enum(['built-in', 'module', 'program', 'scrape']),
    isOn: z.boolean().describe('false: DisabledGathers names it'),
    state: z
      .enum(['runs', 'fails', 'nothing', 'off', 'starting'])
      .describe('nothing: it finds nothing of its kind on this machine'),
    categories: z.array(z.string()).describe('Names of its cards'),
    everySeconds: z.number().describe('Between two readings; 0 where unknown'),
    tookMs: z.number().nullable().describe('What its newest reading took; null before the first'),
    series: z.number().int().describe('Of its newest reading'),
    message: z.string().nullable().describe('Why it fails; null when it does not'),
    alerts: z.array(alert).describe('When its author thinks that an alert is due'),
  })
  .meta({ id: 'Plugin' })
export type WirePlugin = z.infer<typeof PluginSchema>

export const PluginsSchema = z
  .object({
    folder: z.string().describe('Where plugins of one’s own are put'),
    at: z.number().nullable().describe('When the generator told this (ms); null: never'),
    isFixed: z.boolean().describe('The environment says what is off, so that it cannot be changed here'),
    plugins: z.array(PluginSchema).describe('Those of one’s own first'),
  })
  .meta({ id: 'Plugins' })
export type WirePlugins = z.infer<typeof PluginsSchema>

export const SwitchSchema = z
  .object({ isOn: z.boolean({ error: 'true or false' }) })
  .meta({ id: 'PluginSwitch' })
