import { expect, test } from 'vitest'
import { parseSettings } from '../../common/settings.ts'
import { namedTexts } from '../../common/settings-named.ts'

const parse = (text: string, env: Record<string, string> = {}) =>
  parseSettings({ text, file: 'settings.conf', env })

test('namedTexts() finds what was set for a thing in whatever case, with hyphens or spaces', () => {
  const settings = parse(
    '[gather Web-Site]\nUrls = http://a:80/#x, b ; two\nEvery = 5s\n[Server]\nPort = 1\n',
  )
  expect(namedTexts(settings, 'Gather', 'web site', ['Urls'])).toEqual({
    Urls: 'http://a:80/#x, b',
    Every: '5s',
  })
  expect(namedTexts(settings, 'Plugin', 'web site', [])).toEqual({})
  expect(settings.Server.Port).toBe(1)
})

test('namedTexts() takes the environment for more than the file', () => {
  const settings = parse('[Gather ping]\nhosts = a\n', { POCKETSTATS_GATHER_PING_HOSTS: 'b' })
  expect(namedTexts(settings, 'Gather', 'ping', ['Hosts'])).toEqual({ Hosts: 'b' })
})

test('parseSettings() still refuses sections that are about nothing it knows', () => {
  expect(() => parse('[Gathr ping]\nHosts = a\n')).toThrow('unknown section [Gathr ping]')
})
