import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { replaceFile } from '../../store/replace-file.ts'

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'pocketstats-'))
  onTestFinished(() => rmSync(path, { recursive: true, force: true }))
  return path
}

test('replaceFile() writes another text, keeps rights, and leaves nothing else behind', () => {
  const at = folder()
  const file = join(at, 'a.conf')
  writeFileSync(file, 'old')
  chmodSync(file, 0o640)
  replaceFile(file, 'new')
  expect(readFileSync(file, 'utf8')).toBe('new')
  expect(statSync(file).mode & 0o777).toBe(0o640)
  expect(readdirSync(at)).toEqual(['a.conf'])
})

test('replaceFile() makes a file that is not there', () => {
  const file = join(folder(), 'a.conf')
  replaceFile(file, 'new')
  expect(readFileSync(file, 'utf8')).toBe('new')
})

test('replaceFile() follows a link to the file', () => {
  const at = folder()
  writeFileSync(join(at, 'real.conf'), 'old')
  symlinkSync('real.conf', join(at, 'a.conf'))
  replaceFile(join(at, 'a.conf'), 'new')
  expect(readFileSync(join(at, 'real.conf'), 'utf8')).toBe('new')
  expect(readdirSync(at).sort()).toEqual(['a.conf', 'real.conf'])
})

test('replaceFile() says which file cannot be written', () => {
  const file = join(folder(), 'missing', 'a.conf')
  expect(() => replaceFile(file, 'new')).toThrow(`${file} cannot be written`)
})
