// The commands there are.

import type { Command } from './command.ts'
import { backup } from './commands/backup.ts'
import { check } from './commands/check.ts'
import { devices } from './commands/devices.ts'
import { doctor } from './commands/doctor.ts'
import { exportCommand } from './commands/export.ts'
import { importCommand } from './commands/import.ts'
import { pair } from './commands/pair.ts'
import { plugin } from './commands/plugin.ts'
import { project } from './commands/project.ts'
import { restore } from './commands/restore.ts'
import { store } from './commands/store.ts'
import { token } from './commands/token.ts'

/** In the order in which help lists them. */
export const commands: readonly Command[] = [
  store,
  backup,
  restore,
  check,
  exportCommand,
  importCommand,
  project,
  plugin,
  pair,
  devices,
  token,
  doctor,
]
