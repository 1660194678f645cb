// Retention as settings spell it: read from them, and as the changes that a file needs to say something else.

import type { Retention, RetentionPlan } from './retention-cost.ts'
import { formatDuration } from './setting-kinds.ts'
import { environmentName, type Settings } from './settings.ts'
import type { SettingsChange } from './settings-edit.ts'
import { retentionSection } from './settings-table.ts'

export type Overrides = NonNullable<RetentionPlan['overrides']>

/** A plan with overrides, even if there are none. */
export type WholePlan = RetentionPlan & { readonly overrides: Overrides }

/** What the settings say, as they say it: points may be meant to be kept longer than anything is. */
export const planOf = ({ Generator, Retention }: Settings): WholePlan => ({
  maxAgeSeconds: Generator.MaxAge,
  fullResolutionSeconds: Generator.FullResolution,
  overrides: Retention,
})

/** What has to change in a settings file that says `before`, to say `after`. */
export function planChanges(before: WholePlan, after: WholePlan): SettingsChange[] {
  const general = (['MaxAge', 'FullResolution'] as const).flatMap((key): SettingsChange[] => {
    const seconds = generalOf(after)[key]
    const isSame = generalOf(before)[key] === seconds
    return isSame ? [] : [{ section: 'Generator', key, value: formatDuration(seconds) }]
  })
  const names = new Set([...Object.keys(before.overrides), ...Object.keys(after.overrides)])
  const own = [...names].flatMap((key): SettingsChange[] => {
    const value = overrideText(after, key)
    const isSame = overrideText(before, key) === value
    return isSame ? [] : [{ section: retentionSection, key, isName: true, value }]
  })
  return [...general, ...own]
}

/** The first of the changes that would mean nothing, for the environment says something else; its name there. */
export function overriddenBy(
  changes: readonly SettingsChange[],
  env: Readonly<Record<string, string | undefined>>,
): string | undefined {
  return changes
    .map(({ section, key, isName }) => (isName ? environmentName(section) : environmentName(section, key)))
    .find((name) => env[name] !== undefined)
}

const generalOf = ({ maxAgeSeconds, fullResolutionSeconds }: Retention) => ({
  MaxAge: maxAgeSeconds,
  FullResolution: fullResolutionSeconds,
})

/** `1y, 7d`, `1y` or `, 7d`; null where nothing differs. */
function overrideText({ overrides }: WholePlan, name: string): string | null {
  const { maxAgeSeconds, fullResolutionSeconds } = (Object.hasOwn(overrides, name) && overrides[name]) || {}
  const maxAge = maxAgeSeconds === undefined ? '' : formatDuration(maxAgeSeconds)
  if (fullResolutionSeconds === undefined) return maxAge || null
  return `${maxAge}, ${formatDuration(fullResolutionSeconds)}`
}
