import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readBackup, writeBackup } from '../../store/backup-file.ts'
import { databaseKind } from '../../store/database-kind.ts'
import { openTemporary, openTemporaryApp, temporaryFile, temporaryFolder } from './temporary.ts'

const point = { project: 'board', category: 'foo', label: 'bar', time: Date.UTC(2026, 0, 1), value: 42 }

test('writeBackup() puts points, projects and devices into one file, and readBackup() takes them out again', async () => {
  const [data, app] = [temporaryFile(), temporaryFile('app.db')]
  openTemporary(data).append([point])
  const appStore = openTemporaryApp(app)
  const project = appStore.machineProject('board')
  const token = appStore.redeemPairingCode(appStore.newPairingCode(0), 'phone', 1) ?? ''

  const file = temporaryFile('backup')
  await writeBackup({ data, app }, file)
  expect(databaseKind(file)).toBe('history')
  expect(statSync(file).mode & 0o777).toBe(0o600)
  expect(existsSync(`${file}-wal`)).toBe(false)

  const folder = temporaryFolder()
  const restored = { data: join(folder, 'data.db'), app: join(folder, 'app.db') }
  const before = readFileSync(file)
  expect(await readBackup(file, restored)).toBe(true)
  expect(readFileSync(file).equals(before)).toBe(true)
  expect(statSync(restored.app).mode & 0o777).toBe(0o600)
  expect(openTemporary(restored.data).latest('board')).toMatchObject([{ label: 'bar', value: 42 }])
  const restoredApp = openTemporaryApp(restored.app)
  expect(restoredApp.projectById(project.id)).toEqual(project)
  expect(restoredApp.deviceOf(token, 2)?.name).toBe('phone')
})

test('readBackup() takes a data.db without devices, and a backup of a backup carries the newer ones', async () => {
  const [data, app] = [temporaryFile(), temporaryFile('app.db')]
  openTemporary(data).append([point])
  openTemporaryApp(app).machineProject('board')
  const folder = temporaryFolder()
  const to = (name: string) => ({ data: join(folder, `${name}.db`), app: join(folder, `${name}-app.db`) })
  expect(await readBackup(data, to('plain'))).toBe(false)
  expect(existsSync(to('plain').app)).toBe(false)

  await writeBackup({ data, app }, join(folder, 'first'))
  await writeBackup({ data: join(folder, 'first') }, join(folder, 'second'))
  expect(await readBackup(join(folder, 'second'), to('second'))).toBe(false)
  await writeBackup({ data: join(folder, 'first'), app }, join(folder, 'third'))
  expect(await readBackup(join(folder, 'third'), to('third'))).toBe(true)
})
