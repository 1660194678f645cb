// The generator's list of plugins as a file beside the databases: the generator writes it when something has changed,
// server and command line read it.

import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { PluginReport } from '../common/plugin-states.ts'

/** Where it stands for a database file. */
export const pluginReportFile = (database: string): string => join(dirname(database), 'plugins.json')

/** Replaces the list; false where it cannot be written, which costs nobody a point. */
export function writePluginReport(file: string, report: PluginReport): boolean {
  try {
    writeFileSync(`${file}.new`, JSON.stringify(report))
    renameSync(`${file}.new`, file)
    return true
  } catch {
    return false
  }
}

/** The newest list; null where no generator has written one. */
export function readPluginReport(file: string): PluginReport | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as PluginReport
  } catch {
    return null
  }
}
