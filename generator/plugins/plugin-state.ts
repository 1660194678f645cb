// What is told of a plugin to whoever lists them.

import type { PluginAlert, PluginState } from '../../common/plugin-states.ts'
import type { AlertHint } from '../gather.ts'
import type { PluginRunner } from './plugin-runner.ts'

export interface Told extends Pick<PluginState, 'name' | 'kind' | 'file' | 'message'> {
  isOff: boolean
  isStarting: boolean
  runner: PluginRunner | undefined
  alerts: readonly AlertHint[]
}

export function pluginState({ runner, message, alerts, isOff, isStarting, ...more }: Told): PluginState {
  const said = isOff ? null : (message ?? runner?.failure ?? null)
  return {
    ...more,
    state: stateOf({ isOff, isStarting, runner, said }),
    categories: runner?.categories ?? [],
    everySeconds: (runner?.everyMs ?? 0) / 1000,
    tookMs: runner?.last ? roundedMs(runner.last.seconds) : null,
    series: runner?.series ?? 0,
    message: said,
    alerts: alerts.map(alertOf),
  }
}

/** Milliseconds, to a hundredth. */
export const roundedMs = (seconds: number): number => Math.round(seconds * 1e5) / 100

export const alertOf = ({ series = '', above, below, seconds = 0, text = '' }: AlertHint): PluginAlert => ({
  ...{ series, above: above ?? null, below: below ?? null, seconds, text },
})

function stateOf({
  isOff,
  isStarting,
  runner,
  said,
}: Pick<Told, 'isOff' | 'isStarting' | 'runner'> & { said: string | null }): PluginState['state'] {
  if (isOff) return 'off'
  if (said !== null) return 'fails'
  if (isStarting || runner?.last === undefined) return 'starting'
  return runner.categories.length === 0 ? 'nothing' : 'runs'
}
