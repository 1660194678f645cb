// The interface of app.db: projects, paired devices, the running programs and what they tell each other. Times are
// milliseconds since 1970.

export interface ProjectRecord {
  /** Public and stable: stands in addresses. */
  key: string
  /** Secret: whoever knows it may add points. */
  id: string
  name: string
  kind: 'machine' | 'custom'
  created: number
}

export interface NewProject {
  name: string
  kind: 'custom'
  /** 128 random bits in hexadecimal where none is given. */
  id?: string
}

export interface Device {
  id: number
  name: string
  created: number
  lastSeen: number
}

export type ProcessName = 'generator' | 'server'

export interface RunningProcess {
  name: ProcessName
  pid: number
  startedAt: number
}

export interface AppStore {
  /** The project of this machine, made at first use; a new name is taken over, the key stays. */
  machineProject(name: string): ProjectRecord
  /** All projects, the machine's first, then in order of their making. */
  projects(): ProjectRecord[]
  projectById(id: string): ProjectRecord | null
  projectByKey(keyOrName: string): ProjectRecord | null
  /** Throws a Problem `conflict` when the name (in any case of letters) or the id is taken. */
  createProject(project: NewProject): ProjectRecord
  /** A code that pairs one device within `lifeSeconds` (600 by default); only its hash is kept. */
  newPairingCode(now: number, lifeSeconds?: number): string
  /** A new device's session token, or null for a code that is wrong, old or used. Case, spaces and dashes do not matter. */
  redeemPairingCode(code: string, deviceName: string, now: number): string | null
  /** The device that holds this session token, noting (once a minute at most) that it was seen. */
  deviceOf(token: string, now: number): { id: number; name: string } | null
  /** In order of pairing. */
  devices(): Device[]
  /** Ends a device's sessions; false when there is no such device. */
  revokeDevice(id: number): boolean
  /** Notes which process runs a program at present. */
  setProcess(name: ProcessName, pid: number, startedAt: number): void
  processes(): RunningProcess[]
  /** Somebody looks at the newest points until then, if nothing more is said; 0: nobody does any more. */
  setWatched(until: number): void
  /** Microseconds, without a write: made for asking every round. 0 when it was never said. */
  watchedUntil(): number
  /** Why points cannot be stored at present; null: they can. Costs nothing when that is known already. */
  setStorageProblem(message: string | null): void
  storageProblem(): string | null
  /** The whole database as the bytes of a file of its own. */
  bytes(): Uint8Array
  /** What SQLite finds wrong with the file, a sentence each; none when all is well. */
  check(): string[]
  close(): void
}
