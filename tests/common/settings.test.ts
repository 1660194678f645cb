import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { planOf } from '../../common/retention-settings.ts'
import { parseSettings } from '../../common/settings.ts'
import { settingsTable } from '../../common/settings-table.ts'

const parse = (text: string, env: Record<string, string> = {}) =>
  parseSettings({ text, file: 'settings.conf', env })

const mistakes = (text: string, env: Record<string, string> = {}): string[] => {
  try {
    parse(text, env)
    return []
  } catch (error) {
    return (error as Error).message.split('\n')
  }
}

describe('parseSettings()', () => {
  test('parseSettings() reads the file of the first StatsServer to the letter', () => {
    const settings = parse(`[General]
UseDeltaCompression = True

[Server]
Debug = False
Port = 5050

[Generator]
DatabaseDirectory = ./
DatabaseName = data.db
Timestep = 10.0
MaxNetworkSpeed = 5767168

# 24*60*60 = 24h
MaxAge = 86400`)
    expect(settings.General.UseDeltaCompression).toBe(true)
    expect(settings.Server).toMatchObject({ Debug: false, Port: 5050 })
    expect(settings.Generator).toMatchObject({
      DatabaseDirectory: './',
      DatabaseName: 'data.db',
      Timestep: 10,
      MaxNetworkSpeed: 5_767_168,
      MaxAge: 86_400,
    })
    expect(planOf(settings)).toEqual({
      maxAgeSeconds: 86_400,
      fullResolutionSeconds: 14 * 86_400,
      overrides: {},
    })
  })

  test('parseSettings() gives defaults without a file', () => {
    const settings = parseSettings({ file: 'none', env: {} })
    expect(settings.Server.Port).toBe(5050)
    expect(settings.Server.RestPort).toBe(7890)
    expect(settings.Generator.Timestep).toBe(1)
  })

  test('settings.conf explains every setting and states its default', () => {
    const text = readFileSync(new URL('../../settings.conf', import.meta.url), 'utf8')
    // What its sections of gathers say is held against the gathers in tests/generator/gather-guide.test.ts.
    expect({ ...parse(text), Gather: {} }).toEqual(parseSettings({ file: 'none', env: {} }))
    for (const [section, kinds] of Object.entries(settingsTable)) {
      const part = text.split(`[${section}]`)[1]?.split('\n[')[0] ?? ''
      for (const key of Object.keys(kinds)) {
        expect(part, `${section}.${key}`).toMatch(new RegExp(`^#.*\\n${key} =`, 'm'))
      }
    }
  })

  test('parseSettings() reads units of time and size', () => {
    const at = (line: string) => parse(`[Generator]\n${line}`).Generator
    expect(at('MaxAge = 30d').MaxAge).toBe(30 * 86_400)
    expect(at('MaxAge = 1 year').MaxAge).toBe(31_536_000)
    expect(at('Timestep = 500ms').Timestep).toBe(0.5)
    expect(at('MaxNetworkSpeed = 10MiB').MaxNetworkSpeed).toBe(10 * 1024 ** 2)
    expect(at('MaxNetworkSpeed = 5MB/s').MaxNetworkSpeed).toBe(5e6)
  })

  test('parseSettings() lets the environment override the file', () => {
    const settings = parse('[Server]\nPort = 1\n', {
      POCKETSTATS_SERVER_PORT: '8080',
      POCKETSTATS_GENERATOR_DATABASEDIRECTORY: '/tmp/x',
      POCKETSTATS_CHROMIUM: 'not a setting, and none of our business',
    })
    expect(settings.Server.Port).toBe(8080)
    expect(settings.Generator.DatabaseDirectory).toBe('/tmp/x')
  })

  test('parseSettings() ignores case, comments and a byte order mark', () => {
    expect(parse('\uFEFF[server]\r\nport = 81 # web\r\n; note\r\n').Server.Port).toBe(81)
  })

  test.each([
    ['[Server]\nPrt = 1', 'settings.conf:2: unknown key "Prt" in [Server]; did you mean "Port"?'],
    ['[Sever]\nPort = 1', 'settings.conf:1: unknown section [Sever]; did you mean [Server]?'],
    ['[Server]\nMaxAge = 1d', 'settings.conf:2: unknown key "MaxAge" in [Server]; it belongs in [Generator]'],
    ['[Server]\n\nDebug = ture', 'settings.conf:3: Debug = ture: expected yes or no; did you mean "true"?'],
    ['[Server]\nPort = 70000', 'settings.conf:2: Port = 70000: expected a port number from 0 to 65535'],
    ['Port = 1', 'settings.conf:1: "Port" stands before any [Section]'],
    [
      '[Retention]\nMaxAge = 1d',
      'settings.conf:2: "MaxAge" is a setting and no category; it belongs in [Generator] (a category of this name stands in quotes)',
    ],
    [
      '[Retention]\nload = 1d, soon',
      'settings.conf:2: load = 1d, soon: expected how long to keep it and, behind a comma, how long as single points, such as 1y, 7d',
    ],
    [
      '[Retention]\nload =',
      'settings.conf:2: load = : expected how long to keep it and, behind a comma, how long as single points, such as 1y, 7d',
    ],
    ['[Retenion]\nload = 1d', 'settings.conf:1: unknown section [Retenion]; did you mean [Retention]?'],
    ['[Server]\nnonsense', 'settings.conf:2: "nonsense" is neither [Section] nor Key = value'],
  ])('parseSettings() names line and right spelling in %j', (text, message) => {
    expect(mistakes(text)).toEqual([message])
  })

  test('parseSettings() reports every mistake at once', () => {
    expect(mistakes('[Server]\nPort = x\nDebg = no\n[Generator]\nMaxAge = soon')).toHaveLength(3)
  })

  test('parseSettings() names a misspelt environment variable', () => {
    expect(mistakes('', { POCKETSTATS_SERVER_PROT: '1' })).toEqual([
      'environment POCKETSTATS_SERVER_PROT: unknown setting; did you mean "POCKETSTATS_SERVER_PORT"?',
    ])
  })

  test('parseSettings() reads what differs for single categories, whatever they are called', () => {
    const lines = [
      'load = 30d # short',
      'disk I/O: 1y, 7d',
      '"a=b ""c""" = 1h',
      '"MaxAge" = 2h',
      '__proto__ = 3h',
      'memory = , 4h',
      'load = 2d',
    ]
    expect(Object.entries(parse(`[Retention]\n${lines.join('\n')}`).Retention)).toEqual([
      ['load', { maxAgeSeconds: 2 * 86_400 }],
      ['disk I/O', { maxAgeSeconds: 31_536_000, fullResolutionSeconds: 7 * 86_400 }],
      ['a=b "c"', { maxAgeSeconds: 3600 }],
      ['MaxAge', { maxAgeSeconds: 7200 }],
      ['__proto__', { maxAgeSeconds: 10_800 }],
      ['memory', { fullResolutionSeconds: 14_400 }],
    ])
  })

  test('parseSettings() takes the whole of [Retention] from the environment where it stands there', () => {
    const env = { POCKETSTATS_RETENTION: 'load = 2d, 1d; "a;b" = 3d;' }
    expect(parse('[Retention]\nmemory = 1y', env).Retention).toEqual({
      load: { maxAgeSeconds: 2 * 86_400, fullResolutionSeconds: 86_400 },
      'a;b': { maxAgeSeconds: 3 * 86_400 },
    })
    expect(mistakes('', { POCKETSTATS_RETENTION: 'load' })).toEqual([
      'environment POCKETSTATS_RETENTION: "load" is not Category = MaxAge',
    ])
    expect(mistakes('', { POCKETSTATS_RETENTION_LOAD: '1d' })).toEqual([
      'environment POCKETSTATS_RETENTION_LOAD: unknown setting; did you mean "POCKETSTATS_RETENTION"?',
    ])
  })
})
