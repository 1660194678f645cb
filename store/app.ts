// Opens app.db: projects, paired devices, the running programs and their signals, behind one interface.

import { join } from 'node:path'
import { Devices } from './app-devices.ts'
import { Projects } from './app-projects.ts'
import { process } from './app-schema.ts'
import { Signals } from './app-signals.ts'
import type { AppStore, RunningProcess } from './app-types.ts'
import { Connection } from './connection.ts'
import { asc } from './drizzle.ts'
import { quickCheck } from './quick-check.ts'

/** Throws a Problem `unavailable` that names the file when it cannot be made, opened or understood. */
export function openAppStore({ file }: { file: string }): AppStore {
  const migrations = join(import.meta.dirname, 'app-migrations')
  const connection = new Connection({ file, migrations, synchronous: 'FULL', secret: true })
  const projects = new Projects(connection)
  const devices = new Devices(connection)
  const signals = new Signals(connection)
  return {
    machineProject: (name) => projects.machine(name),
    projects: () => projects.all(),
    projectById: (id) => projects.byId(id),
    projectByKey: (keyOrName) => projects.byKey(keyOrName),
    createProject: (project) => projects.create(project),
    newPairingCode: (...given) => devices.newPairingCode(...given),
    redeemPairingCode: (...given) => devices.redeem(...given),
    deviceOf: (token, now) => devices.of(token, now),
    devices: () => devices.all(),
    revokeDevice: (id) => devices.revoke(id),
    setProcess: (name, pid, startedAt) => noteProcess(connection, { name, pid, startedAt }),
    processes: () =>
      connection.read(() => connection.orm.select().from(process).orderBy(asc(process.name)).all()),
    setWatched: (until) => signals.setWatched(until),
    watchedUntil: () => signals.watchedUntil(),
    setStorageProblem: (message) => signals.setStorageProblem(message),
    storageProblem: () => signals.storageProblem(),
    bytes: () => connection.read(() => connection.sqlite.serialize()),
    check: () => connection.read(() => quickCheck(connection.sqlite)),
    close: () => connection.close(),
  }
}

function noteProcess(connection: Connection, { name, pid, startedAt }: RunningProcess): void {
  const values = { pid, startedAt }
  connection.write(() => {
    connection.orm
      .insert(process)
      .values({ name, ...values })
      .onConflictDoUpdate({ target: process.name, set: values })
      .run()
  })
}
