// Which plugins lie in the user's folder at present: looked at when the system says that something has changed there,
// and every two seconds for those file systems that say nothing.

import { closeSync, type FSWatcher, openSync, readdirSync, readSync, statSync, watch } from 'node:fs'
import { join } from 'node:path'

export interface PluginEntry {
  /** File name without its ending, by which settings call it. */
  readonly stem: string
  readonly file: string
  readonly kind: 'module' | 'program'
  /** Differs after every change. */
  readonly version: string
  /** Why it cannot be one, in words for people; null when it can. */
  readonly mistake: string | null
}

const lookEveryMs = 2000
/** Editors write in several steps. */
const settleMs = 30

const isModule = (file: string): boolean => /\.(ts|mts|js|mjs)$/.test(file) && !file.endsWith('.d.ts')
/** What editors leave behind, and what lies beside plugins. */
const isOther = (file: string): boolean =>
  /^[._#]|~$|\.(swp|swx|tmp|bak|orig|new|part|md|txt|json|jsonc|conf|ini|yml|yaml|toml|d\.ts|log)$/.test(file)

/** The plugins in a folder, by name; none where there is no folder. */
export function listPlugins(folder: string): PluginEntry[] {
  const entries: PluginEntry[] = []
  for (const name of namesIn(folder)) {
    const entry = isOther(name) ? undefined : entryOf(join(folder, name), name)
    if (!entry) continue
    const twin = entries.find(({ stem, mistake }) => stem === entry.stem && mistake === null)
    const mistake = twin
      ? `${name} and ${twin.file.slice(folder.length + 1)} have one name: rename one`
      : null
    entries.push({ ...entry, mistake: entry.mistake ?? mistake })
  }
  return entries
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).sort()
  } catch {
    return []
  }
}

function entryOf(file: string, name: string): PluginEntry | undefined {
  const stats = statSync(file, { throwIfNoEntry: false, bigint: true })
  if (!stats?.isFile()) return undefined
  const version = `${stats.ino}-${stats.mtimeNs}-${stats.size}-${stats.mode}`
  const stem = name.replace(/(?<=.)\.\w+$/, '')
  if (isModule(name)) return { stem, file, kind: 'module', version, mistake: null }
  const isExecutable = (stats.mode & 0o111n) !== 0n
  if (!isExecutable && !beginsAsScript(file)) return undefined
  const mistake = isExecutable ? null : `${name} is a program that may not be run: chmod +x ${file}`
  return { stem, file, kind: 'program', version, mistake }
}

function beginsAsScript(file: string): boolean {
  try {
    const descriptor = openSync(file, 'r')
    try {
      const bytes = Buffer.alloc(2)
      readSync(descriptor, bytes)
      return bytes.toString('latin1') === '#!'
    } finally {
      closeSync(descriptor)
    }
  } catch {
    return false
  }
}

/** Calls back soon after anything in the folder may have changed, until it is closed. */
export class FolderWatch {
  readonly #folder: string
  readonly #onChange: () => void
  readonly #timer: NodeJS.Timeout
  #watcher: FSWatcher | undefined
  #settling: NodeJS.Timeout | undefined

  constructor(folder: string, onChange: () => void) {
    this.#folder = folder
    this.#onChange = onChange
    this.#begin()
    this.#timer = setInterval(() => {
      this.#begin()
      onChange()
    }, lookEveryMs).unref()
  }

  close(): void {
    clearInterval(this.#timer)
    clearTimeout(this.#settling)
    this.#watcher?.close()
  }

  /** The folder may not be there yet. */
  #begin(): void {
    if (this.#watcher) return
    try {
      const watcher = watch(this.#folder, { persistent: false }, () => this.#settle())
      watcher.on('error', () => this.#lost(watcher))
      this.#watcher = watcher
      this.#inode = inodeOf(this.#folder)
    } catch {
      this.#watcher = undefined
    }
  }

  #inode = 0

  #lost(watcher: FSWatcher): void {
    watcher.close()
    this.#watcher = undefined
  }

  #settle(): void {
    // The folder itself may have been replaced by another.
    if (this.#watcher && inodeOf(this.#folder) !== this.#inode) this.#lost(this.#watcher)
    clearTimeout(this.#settling)
    this.#settling = setTimeout(this.#onChange, settleMs).unref()
  }
}

const inodeOf = (folder: string): number => statSync(folder, { throwIfNoEntry: false })?.ino ?? 0
