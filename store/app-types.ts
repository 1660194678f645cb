// The interface of app.db: projects, paired devices and what else may read, the running programs and what they tell each
// other. Times are milliseconds since 1970.

export interface ProjectRecord {
  /** Public and stable: stands in addresses. */
  key: string
  /** Secret: whoever knows it may add points. */
  id: string
  name: string
  kind: 'machine' | 'custom'
  created: number
  /** Takes no points, and is shown only to who asks for it. */
  archived: boolean
  /** How many series it may have; null: as the settings say, 0: any number. */
  maxSeries: number | null
  /** How many points a second it may add; null: as the settings say, 0: any number. */
  maxPointsPerSecond: number | null
  /** Points that are older are refused; null: as long as they would be kept. */
  maxAgeSeconds: number | null
}

/** What is left out stays as it is. */
export type ProjectChange = Partial<
  Pick<ProjectRecord, 'name' | 'archived' | 'maxSeries' | 'maxPointsPerSecond' | 'maxAgeSeconds'>
>

export interface NewProject {
  name: string
  kind: 'custom'
  /** 128 random bits in hexadecimal where none is given. */
  id?: string
}

/** Owners may change everything; viewers only look. */
export type Role = 'owner' | 'viewer'

export interface Grant {
  role: Role
  /** Key of the only project that a viewer may see; null: all. */
  project: string | null
}

export interface Device extends Grant {
  id: number
  name: string
  created: number
  lastSeen: number
}

/** A device that has shown its session's token. */
export interface SignedIn extends Grant {
  id: number
  name: string
  /** The token is old: `renewSession` gives another. */
  renewalDue: boolean
}

/** A token for scripts, without its secret. */
export interface ScriptToken {
  id: number
  name: string
  project: string | null
  created: number
  lastUsed: number | null
}

export interface Passkey {
  /** The credential's id in base64url. */
  id: string
  device: number
  /** The host name for which it was made. */
  host: string
  /** As COSE. */
  publicKey: Uint8Array<ArrayBuffer>
  /** How often its authenticator says that it was used. */
  counter: number
}

export interface PairingOptions extends Partial<Grant> {
  lifeSeconds?: number
  device?: number
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
  /** Throws a Problem `not-found`, or `conflict` for a name that is taken and for what this machine's own cannot be. */
  updateProject(key: string, change: ProjectChange): ProjectRecord
  /** True for an id that was replaced, or whose project was removed. */
  isRetiredId(id: string): boolean
  /** Gives the project another id; the old one opens nothing from now on. Throws a Problem `not-found`. */
  rotateProjectId(key: string): ProjectRecord
  /** Its points are the store's to remove. Throws a Problem `not-found`, or `conflict` for this machine's own. */
  removeProject(key: string): void
  /**
   * A code that works once within `lifeSeconds` (600 by default): it pairs a new device by this right (owner by default),
   * or lets `device` in once more. Only its hash is kept.
   */
  newPairingCode(now: number, options?: PairingOptions): string
  /** A new session's token, or null for a code that is wrong, old or used. Case, spaces and dashes do not matter. */
  redeemPairingCode(code: string, deviceName: string, now: number): string | null
  /**
   * The device that holds this session token, noting (once a minute at most) that it was seen. Null after `idleSeconds`
   * (90 days by default) without a visit.
   */
  deviceOf(token: string, now: number, idleSeconds?: number): SignedIn | null
  /** A token to hold from now on; the old one works until this one was shown, and a minute more. Null when none is due. */
  renewSession(token: string, now: number): string | null
  /** In order of pairing. */
  devices(): Device[]
  /** False when there is no such device. */
  renameDevice(id: number, name: string): boolean
  /** Ends a device with its sessions and passkeys; false when there is no such device. */
  revokeDevice(id: number): boolean
  /** Ends a device's sessions; a passkey lets it in again. */
  signOut(id: number): void
  /** A token with which scripts read; only its hash is kept. */
  newToken(given: { name: string; project: string | null }, now: number): string
  /** What a script's token stands for, noting (once a minute at most) that it was used. */
  tokenOf(secret: string, now: number): ScriptToken | null
  /** In order of their making. */
  tokens(): ScriptToken[]
  /** False when there is no such token. */
  revokeToken(id: number): boolean
  addPasskey(given: Passkey, now: number): void
  passkeys(): Passkey[]
  /** A new session's token for the passkey's device, keeping the key's counter; null when there is no such key. */
  signInWithPasskey(id: string, counter: number, now: number): string | null
  /** False when the device has none. */
  removePasskeys(device: number): boolean
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
