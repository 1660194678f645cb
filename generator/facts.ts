// Names and models of the machine, found out once. The library that knows them starts dozens of programs, some of
// which block, so a short-lived process of its own asks it and is gone again; without an answer nothing is missing
// but a few words.

import { execFile } from 'node:child_process'
import { join } from 'node:path'

export interface Facts {
  /** Such as "AMD Ryzen 7 5800X, 8 cores". */
  readonly processor?: string
  /** Such as "Debian GNU/Linux 12, kernel 6.1.0". */
  readonly system?: string
  /** Model by device, such as { nvme0n1: "Samsung SSD 980" }. */
  readonly disks?: Readonly<Record<string, string>>
}

const patienceMs = 20_000

/** What is known of this machine; empty when it could not be found out. Takes seconds, blocks nothing. */
export function readFacts(script: string = join(import.meta.dirname, 'print-facts.ts')): Promise<Facts> {
  return new Promise((resolve) => {
    execFile(process.execPath, [script], { timeout: patienceMs, encoding: 'utf8' }, (error, stdout) => {
      resolve(error ? {} : parseFacts(stdout))
    })
  })
}

function parseFacts(text: string): Facts {
  try {
    return JSON.parse(text) as Facts
  } catch {
    return {}
  }
}
