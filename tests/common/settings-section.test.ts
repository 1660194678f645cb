import { expect, test } from 'vitest'
import { parseSettings } from '../../common/settings.ts'
import { withSection } from '../../common/settings-section.ts'

const options = [
  { name: 'Depth', value: '3', help: 'How deep.' },
  { name: 'Hosts', value: '', help: '' },
]
const given = { section: 'Plugin', name: 'bees', options } as const

test('withSection() adds a section of comments at the end, once, and leaves the rest as it was', () => {
  const text = withSection('# mine\r\n[Server]\r\nPort = 1\r\n', given)
  expect(text).toBe(
    '# mine\r\n[Server]\r\nPort = 1\r\n\r\n\r\n[Plugin bees]\r\n# How deep.\r\n# Depth = 3\r\n# Hosts =\r\n',
  )
  expect(withSection(text, { ...given, name: 'BEES' })).toBe(text)
  expect(parseSettings({ text, file: 'settings.conf', env: {} }).Plugin).toEqual({})
})

test('withSection() makes the text of an empty file', () => {
  expect(withSection('', given)).toMatch(/^\[Plugin bees\]\n/)
})
