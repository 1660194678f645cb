// Compresses once at build time what would otherwise be compressed for every phone: .br and .gz beside each file.

import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import type { Plugin } from 'vite'

const compressible = /\.(html|js|css|svg|json|webmanifest)$/
/** Smaller files fit into one packet as they are. */
const leastBytes = 1000

/** Writes copies of the text files over 1 kB of the bundle. */
export function compressedCopies(): Plugin {
  return {
    name: 'compressed-copies',
    writeBundle({ dir }, bundle) {
      for (const fileName of Object.keys(bundle)) {
        if (dir !== undefined && compressible.test(fileName)) compress(join(dir, fileName))
      }
    },
  }
}

function compress(file: string): void {
  const bytes = readFileSync(file)
  if (bytes.length <= leastBytes) return
  writeFileSync(`${file}.gz`, gzipSync(bytes, { level: constants.Z_BEST_COMPRESSION }))
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
    [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
  }
  writeFileSync(`${file}.br`, brotliCompressSync(bytes, { params }))
}
