// The built app, as the server gets it: the same from the same sources, small, complete, and of one host.

import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { build } from 'vite'
import { afterAll, beforeAll, expect, test } from 'vitest'

const configFile = join(import.meta.dirname, '../../../web/build/vite.config.ts')
const folders: string[] = []
let folder = ''
let names: string[] = []

async function buildOnce(): Promise<string> {
  const outDir = mkdtempSync(join(tmpdir(), 'pocketstats-build-'))
  folders.push(outDir)
  await build({ configFile, logLevel: 'error', build: { outDir } })
  return outDir
}

const filesOf = (outDir: string): string[] =>
  readdirSync(outDir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(outDir.length + 1))
    .sort()

const read = (name: string): Buffer => readFileSync(join(folder, name))
const gzipped = (name: string): number =>
  (names.includes(`${name}.gz`) ? read(`${name}.gz`) : read(name)).length
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)

beforeAll(async () => {
  folder = await buildOnce()
  names = filesOf(folder)
})

afterAll(() => {
  for (const outDir of folders) rmSync(outDir, { recursive: true, force: true })
})

test('build() makes the same bytes from the same sources', async () => {
  const other = await buildOnce()
  expect(filesOf(other)).toEqual(names)
  for (const name of names) expect(read(name).equals(readFileSync(join(other, name)))).toBe(true)
})

/** Sheets, tools and what they need are loaded when somebody opens them; what plain http lacks, where there is nothing else. */
const onDemand =
  /-sheet-|\/(install-offer|sheet|passkey|hand-over|pairing|task|access-api|project-api|copy-text|moment-tools|order-by-change)-/

test('build() makes scripts before the first paint of 25 kB, and of 100 kB for the main screen, compressed', () => {
  const page = read('index.html').toString()
  const first = [...page.matchAll(/(?:src|href)="\/(assets\/[^"]+\.js)"/g)].map(([, name]) => name ?? '')
  expect(first.length).toBeGreaterThan(0)
  expect(sum(first.map(gzipped))).toBeLessThanOrEqual(25_000)
  const all = names.filter((name) => /^assets\/.*\.js$/.test(name) && !onDemand.test(name))
  expect(sum(all.map(gzipped))).toBeLessThanOrEqual(100_000)
})

test('build() writes compressed copies that hold the same', () => {
  const copies = names.filter((name) => /\.(gz|br)$/.test(name))
  expect(copies).toContain('sw.js.br')
  expect(copies).toContain('index.html.gz')
  for (const copy of copies) {
    const unpacked = copy.endsWith('.gz') ? gunzipSync(read(copy)) : brotliDecompressSync(read(copy))
    expect(unpacked.equals(read(copy.slice(0, -3)))).toBe(true)
  }
  const large = names.filter((name) => /\.(js|css|html|svg)$/.test(name) && read(name).length > 1000)
  for (const name of large) expect(copies).toEqual(expect.arrayContaining([`${name}.gz`, `${name}.br`]))
})

test('build() tells the worker all files of the shell and none that only installers need', () => {
  const worker = read('sw.js').toString()
  const list = /\[\{"url":.*?\}\]/.exec(worker)?.[0] ?? '[]'
  const urls = (JSON.parse(list) as { url: string }[]).map(({ url }) => url.slice(1))
  const assets = names.filter((name) => name.startsWith('assets/') && !/\.(gz|br)$/.test(name))
  expect(urls).toEqual(expect.arrayContaining([...assets, 'index.html', 'guard.js', 'icons/icon-192.png']))
  expect(urls.filter((url) => url.startsWith('screenshots/') || /\.(gz|br)$/.test(url))).toEqual([])
  expect(worker).not.toContain('__WB_MANIFEST')
})

test('build() makes a page without inline code, and nothing that names another host', () => {
  const page = read('index.html').toString()
  expect(page).not.toMatch(/<script(?![^>]*\ssrc=)|<style|\sstyle=|\son\w+=/)
  for (const name of names.filter((file) => /\.(html|css|webmanifest)$/.test(file))) {
    expect(read(name).toString()).not.toMatch(/(?:src|href|url)[=(:]\s*["']?(?:https?:)?\/\//)
  }
})

test('build() takes the libraries as they are for people, whatever environment it runs in', () => {
  for (const name of names.filter((file) => file.endsWith('.js'))) {
    expect(read(name).toString()).not.toMatch(/in dev mode|NODE_ENV/)
  }
})

test('build() leaves the touch recognizer of the zoom plugin out', () => {
  for (const name of names.filter((file) => file.endsWith('.js'))) {
    expect(read(name).toString()).not.toContain('hammer.input')
  }
})
