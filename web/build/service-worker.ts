// Writes into sw.js the list of files that it keeps for use without a network, each with its revision and the hash of
// what must be in it: a login page or half an upload never takes the place of a part of the app.

import { createHash } from 'node:crypto'
import type { Plugin } from 'vite'

const placeholder = 'self.__WB_MANIFEST'
/** Install card, bigger icons and screenshots are for the installer, which has a network. */
const kept = /^(index\.html|guard\.js|assets\/.+|icons\/(icon\.svg|icon-192\.png))$/

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
            revision: file.fileName.startsWith('assets/')
              ? null
              : hashOf(contentOf(file), 'hex').slice(0, 16),
            integrity: `sha256-${hashOf(contentOf(file), 'base64')}`,
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

const hashOf = (content: string | Uint8Array, form: 'hex' | 'base64'): string =>
  createHash('sha256').update(content).digest(form)
