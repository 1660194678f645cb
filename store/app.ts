// Opens app.db: projects, paired devices, the running programs and their signals, behind one interface.

import { join } from 'node:path'
import { Devices } from './app-devices.ts'
import { PairingCodes } from './app-pairing.ts'
import { Passkeys } from './app-passkeys.ts'
import { Projects } from './app-projects.ts'
import { process } from './app-schema.ts'
import { Sessions } from './app-sessions.ts'
import { Signals } from './app-signals.ts'
import { Tokens } from './app-tokens.ts'
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
  const sessions = new Sessions(connection)
  const codes = new PairingCodes(connection, devices, sessions)
  const tokens = new Tokens(connection)
  const passkeys = new Passkeys(connection, sessions)
  const signals = new Signals(connection)
  const everyProcess = connection.orm.select().from(process).orderBy(asc(process.name)).prepare()
  return {
    machineProject: (name) => projects.machine(name),
    projects: () => projects.all(),
    projectById: (id) => projects.byId(id),
    projectByKey: (keyOrName) => projects.byKey(keyOrName),
    createProject: (project) => projects.create(project),
    updateProject: (key, change) => projects.update(key, change),
    isRetiredId: (id) => projects.isRetired(id),
    rotateProjectId: (key) => projects.rotate(key),
    removeProject: (key) => projects.remove(key),
    newPairingCode: (...given) => codes.create(...given),
    redeemPairingCode: (...given) => codes.redeem(...given),
    deviceOf: (...given) => sessions.of(...given),
    renewSession: (token, now) => sessions.renew(token, now),
    devices: () => devices.all(),
    renameDevice: (id, name) => devices.rename(id, name),
    revokeDevice: (id) => devices.revoke(id),
    signOut: (id) => sessions.end(id),
    newToken: (...given) => tokens.create(...given),
    tokenOf: (secret, now) => tokens.of(secret, now),
    tokens: () => tokens.all(),
    revokeToken: (id) => tokens.revoke(id),
    addPasskey: (given, now) => passkeys.add(given, now),
    passkeys: () => passkeys.all(),
    signInWithPasskey: (...given) => passkeys.signIn(...given),
    removePasskeys: (device) => passkeys.removeOf(device),
    setProcess: (name, pid, startedAt) => noteProcess(connection, { name, pid, startedAt }),
    processes: () => connection.read(() => everyProcess.all()),
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
