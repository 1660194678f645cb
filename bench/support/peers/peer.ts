// What every store that we measure against can do, whatever its own words for it are.

import type { Block } from '../block.ts'

export interface PeerQuery {
  category: string
  /** [from, to) in milliseconds, multiples of `stepMs`. */
  from: number
  to: number
  stepMs: number
}

export interface RunningPeer {
  /** Where it takes line protocol over HTTP, for those that do. */
  port?: number
  /** Stores a block; resolves when the peer has answered that it took it. */
  write(block: Block): Promise<void>
  /** Brings everything to disk in the form in which it stays: flushed, merged, compacted. */
  settle(): Promise<void>
  /** Bytes on disk after `settle`. */
  bytes(): Promise<number>
  /** Min, mean and max of every series of a category in every bucket; milliseconds until the last byte. */
  query(query: PeerQuery): Promise<number>
  stop(): Promise<void>
}

export interface Peer {
  name: string
  /** Package of Debian that brings it, or null where it comes with us. */
  package: string | null
  installed(): boolean
  /** Starts it on loopback with all its data under `folder`. */
  start(folder: string): Promise<RunningPeer>
}

/** What to say where a peer is not there. */
export const howToInstall = ({ name, package: debian }: Pick<Peer, 'name' | 'package'>): string =>
  `${name} is not installed and is left out (on Debian: apt-get install ${debian})`
