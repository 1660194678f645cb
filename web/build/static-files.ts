// Files that go into the app under the names that they have: the install card, its icons and its screenshots, and the
// page that leads there.

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Plugin } from 'vite'

/**
 * Copies `manifest.webmanifest`, web/icons, the page of web/install and the manifest's screenshots; fails when one that
 * it names is missing.
 */
export function staticFiles(projectRoot: string): Plugin {
  return {
    name: 'static-files',
    generateBundle() {
      const copy = (fileName: string, from: string): void => {
        this.addWatchFile(from)
        this.emitFile({ type: 'asset', fileName, source: readFileSync(from) })
      }
      copy('manifest.webmanifest', join(projectRoot, 'manifest.webmanifest'))
      const icons = join(projectRoot, 'web', 'icons')
      for (const name of readdirSync(icons).sort()) copy(`icons/${name}`, join(icons, name))
      for (const name of ['index.html', 'install.css']) {
        copy(`install/${name}`, join(projectRoot, 'web', 'install', name))
      }
      for (const name of screenshots(projectRoot)) {
        const image = join(projectRoot, 'docs', 'images', name)
        if (!existsSync(image)) this.error(`the manifest names screenshots/${name}, but ${image} is missing`)
        copy(`screenshots/${name}`, image)
      }
    },
  }
}

/** File names of the manifest's screenshots, which stand in docs/images. */
function screenshots(projectRoot: string): string[] {
  const manifest: { screenshots?: { src: string }[] } = JSON.parse(
    readFileSync(join(projectRoot, 'manifest.webmanifest'), 'utf8'),
  )
  return (manifest.screenshots ?? []).map(({ src }) => src.replace(/^.*\//, ''))
}
