import { expect, test } from 'vitest'
import { parseSettings } from '../../common/settings.ts'
import { databasePaths } from '../../store/paths.ts'

const paths = (text: string, file: string) => databasePaths(parseSettings({ text, file, env: {} }), file)

test('databasePaths() counts a relative folder from the settings file', () => {
  expect(paths('[Generator]\nDatabaseDirectory = ./data', '/etc/pocketstats/settings.conf')).toEqual({
    data: '/etc/pocketstats/data/data.db',
    app: '/etc/pocketstats/data/app.db',
  })
})

test('databasePaths() takes an absolute folder and another name', () => {
  const text = '[Generator]\nDatabaseDirectory = /var/lib/x\nDatabaseName = points.sqlite'
  expect(paths(text, '/home/me/settings.conf')).toEqual({
    data: '/var/lib/x/points.sqlite',
    app: '/var/lib/x/app.db',
  })
})

test('databasePaths() refuses the name of the other database', () => {
  expect(() => paths('[Generator]\nDatabaseName = App.db', '/home/me/settings.conf')).toThrow(
    expect.objectContaining({ code: 'invalid', message: expect.stringContaining('DatabaseName') }),
  )
})
