// A machine of which a test says itself what stands in /proc and /sys, and which programs it has.

import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Machine, MachineOptions } from '../../../generator/machine.ts'
import { fixtureMachine, fixtures } from './fixture.ts'
import { temporaryFolder } from './temporary-store.ts'

/** Files by path, such as { 'proc/1/comm': 'systemd\n' }; programs that were recorded stand in tests/fixtures/programs. */
export function madeMachine(
  files: Readonly<Record<string, string>>,
  {
    programs = [],
    ...options
  }: { programs?: readonly string[] } & Partial<Omit<MachineOptions, 'programs'>> = {},
): Machine {
  const folder = temporaryFolder()
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  return fixtureMachine('none', {
    procRoot: join(folder, 'proc'),
    sysRoot: join(folder, 'sys'),
    programs: Object.fromEntries(programs.map((name) => [name, join(fixtures, 'programs', name)])),
    ...options,
  })
}

/** What /proc/net/unix says of sockets on which somebody listens. */
export const listedSockets = (...paths: readonly string[]): string =>
  [
    'Num       RefCount Protocol Flags    Type St Inode Path',
    '000000002fd694d4: 00000003 00000000 00000000 0001 03 1423992',
    ...paths.map((path) => `000000003fd694d4: 00000002 00000000 00010000 0001 01 20144 ${path}`),
    '',
  ].join('\n')
