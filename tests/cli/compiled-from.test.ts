import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { isCompiled, noteCompiled } from '../../cli/compiled-from.ts'

let cache = ''

beforeEach(() => {
  cache = mkdtempSync(join(tmpdir(), 'pocketstats-compiled-'))
  vi.stubEnv('NODE_COMPILE_CACHE', cache)
})
afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(cache, { recursive: true, force: true })
})

test('isCompiled() knows each program by itself, once it was noted', () => {
  expect(isCompiled('server')).toBe(false)
  noteCompiled('server')
  expect(isCompiled('server')).toBe(true)
  expect(isCompiled('generator')).toBe(false)
})

test('noteCompiled() does nothing where nothing can be written', () => {
  vi.stubEnv('NODE_COMPILE_CACHE', '/proc/nowhere')
  noteCompiled('server')
  expect(isCompiled('server')).toBe(false)
})
