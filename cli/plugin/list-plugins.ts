// The list of gathers and plugins as the generator told it last.

import type { PluginReport, PluginState } from '../../common/plugin-states.ts'
import { table } from '../table.ts'
import { timeText } from '../texts.ts'

/** Lines for the terminal, what the user has added first. */
export function pluginLines({ plugins, at }: PluginReport, isRunning: boolean): string[] {
  const heading = ['name', 'kind', 'state', 'every', 'took', 'series', 'what is wrong']
  const rows = plugins.map((plugin) => [
    plugin.name,
    plugin.kind,
    plugin.state,
    plugin.everySeconds > 0 ? `${plugin.everySeconds} s` : '',
    plugin.tookMs === null ? '' : `${plugin.tookMs.toFixed(2)} ms`,
    String(plugin.series || ''),
    plugin.message ?? '',
  ])
  const share = plugins.reduce((sum, plugin) => sum + shareOf(plugin), 0)
  return [
    ...table(heading, rows, [3, 4, 5]),
    '',
    `All readings together take ${(share * 100).toFixed(2)} % of the time, as of ${timeText(at)}.`,
    ...(isRunning ? [] : ['The generator does not run at present.']),
  ]
}

const shareOf = ({ tookMs, everySeconds }: PluginState): number =>
  tookMs !== null && everySeconds > 0 ? tookMs / 1000 / everySeconds : 0
