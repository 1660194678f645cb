// Writes into sw.js the list of files that it keeps for use without a network, each with its revision.

import { createHash } from 'node:crypto'
import type { Plugin } from 'vite'

const placeholder = 'self.__WB_MANIFEST'
/** Bigger icons and the screenshots are for the installer, which has a network. */
const kept = /^(index\.html|manifest\.webmanifest|assets\/.+|icons\/(icon\.svg|icon-192\.png))$/

/** Replaces the placeholder in sw.js once all other files are known. Fails when sw.js has no such place. */
export function serviceWorker(): Plugin {
  return {
    name: 'service-worker',
    enforce: 'post',
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        const entries = Object.values(bundle)
          .filter(({ fileName }) => kept.test(fileName))
          .map((file) => ({
            url: `/${file.fileName}`,
            revision: file.fileName.startsWith('assets/') ? null : hashOf(contentOf(file)),
          }))
          .sort((a, b) => (a.url < b.url ? -1 : 1))
        const worker = bundle['sw.js']
        if (worker?.type !== 'chunk' || worker.code.split(placeholder).length !== 2) {
          this.error(`sw.js must hold ${placeholder} once`)
        }
        if (worker.imports.length > 0) this.error('sw.js must stand alone')
        worker.code = worker.code.replace(placeholder, () => JSON.stringify(entries))
      },
    },
  }
}

type BundleFile =
  | { type: 'chunk'; fileName: string; code: string }
  | { type: 'asset'; fileName: string; source: string | Uint8Array }

const contentOf = (file: BundleFile): string | Uint8Array => (file.type === 'chunk' ? file.code : file.source)

const hashOf = (content: string | Uint8Array): string =>
  createHash('sha256').update(content).digest('hex').slice(0, 16)
