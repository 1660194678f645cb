// App and server must see that they are of different builds, in either direction: the first page carries the name of
// its build, made of everything that the build consists of, and the server reads it there.

import { createHash } from 'node:crypto'
import type { Plugin } from 'vite'

/** Writes `<meta name="build" content="…">` (twelve characters) into the page. */
export function buildName(): Plugin {
  return {
    name: 'build-name',
    transformIndexHtml: {
      order: 'post',
      handler(html, { bundle = {} }) {
        const hash = createHash('sha256').update(html)
        for (const name of Object.keys(bundle).sort()) {
          const file = bundle[name]
          hash.update(name)
          // Other names carry the hash of what is in them.
          if (file?.type === 'chunk' && !name.startsWith('assets/')) hash.update(file.code)
        }
        const content = hash.digest('hex').slice(0, 12)
        return [{ tag: 'meta', attrs: { name: 'build', content }, injectTo: 'head' }]
      },
    },
  }
}
