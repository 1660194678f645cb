// Builds the app into dist/web: hashed files under /assets, the install card, icons, the service worker with the
// list of what it keeps, and compressed copies. The same sources give the same bytes.

import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'
import { buildName } from './build-name.ts'
import { compressedCopies } from './compressed-copies.ts'
import { serviceWorker } from './service-worker.ts'
import { staticFiles } from './static-files.ts'

// Whoever builds, also a test: libraries choose their code by this, and the app is always the one for people.
process.env.NODE_ENV = 'production'

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url))

const firstPaint =
  /\/node_modules\/lit-html\/|\/web\/(?:first|data|theme|view)\/[^.]+\.ts$|\/common\/(?!retention|packed|buckets-binary)[^.]+\.ts$/

export default defineConfig({
  root: path('..'),
  publicDir: false,
  cacheDir: path('../../.cache/vite'),
  logLevel: 'warn',
  resolve: { alias: { hammerjs: path('../graph/no-hammer.ts') } },
  build: {
    outDir: path('../../dist/web'),
    emptyOutDir: true,
    // Safari 16.4 is the first that can receive pushes when installed.
    target: ['chrome111', 'firefox128', 'safari16.4'],
    assetsInlineLimit: 0,
    // Only the graphs are awaited: the names of what all other parts need would stand in the first script.
    modulePreload: {
      polyfill: false,
      resolveDependencies: (part, needs, { hostType }) =>
        hostType === 'html' || part.includes('graphs')
          ? needs
          : needs.filter((file) => file.endsWith('.css')),
    },
    rolldownOptions: {
      checks: { bundlerTimings: false },
      input: {
        index: path('../index.html'),
        guard: path('../guard.ts'),
        install: path('../install/install.ts'),
        sw: path('../worker/sw.ts'),
        'sw-off': path('../worker/off.ts'),
      },
      output: {
        entryFileNames: ({ name }) => (name === 'index' ? 'assets/[name]-[hash].js' : '[name].js'),
        chunkFileNames: 'assets/[name]-[hash].js',
        assetFileNames: 'assets/[name]-[hash][extname]',
        // What the first paint needs is one file, not one for each module that lazy parts happen to share with it.
        codeSplitting: { groups: [{ name: 'first', test: firstPaint }] },
      },
    },
  },
  plugins: [buildName(), staticFiles(path('../..')), serviceWorker(), compressedCopies()],
})
