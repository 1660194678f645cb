import { expect, test } from 'vitest'
import { openTemporary } from '../../store/temporary.ts'
import { install } from '../pocketstats.ts'

test('project makes, lists, limits, renames, archives, rotates and deletes', async () => {
  const { run, withAppStore, folder } = install()
  const project = async (...args: string[]): Promise<string> => {
    const { code, out, err } = await run(['project', ...args])
    expect([args, code, err]).toEqual([args, 0, ''])
    return out.trim()
  }
  const id = await project('new', 'greenhouse')
  expect(id).toMatch(/^[0-9a-f]{32}$/)
  expect(await project('limit', 'greenhouse', '--series', '20', '--points', '0', '--age', '7d')).toBe(
    'greenhouse: 20 series, any number of points/s, not older than 7d.',
  )
  expect(await project('limit', 'greenhouse', '--series', 'default')).not.toContain('series')
  await project('rename', 'greenhouse', 'Glass house')
  await project('archive', 'Glass house')
  expect(await project()).toMatch(
    /^Glass house {2}archived {2}any number of points\/s, not older than 7d {2}20/m,
  )
  await project('restore', 'Glass house')
  const rotated = await project('rotate', 'Glass house')
  expect(await project('id', 'Glass house')).toBe(rotated)
  withAppStore((appStore) =>
    expect([appStore.projectById(id), appStore.isRetiredId(id)]).toEqual([null, true]),
  )

  const store = openTemporary(`${folder}/data/data.db`)
  store.append([{ project: 'greenhouse', category: 'c', label: 'l', time: Date.now(), value: 1 }])
  expect(await project('delete', 'Glass house')).toBe('Glass house is deleted.')
  expect(store.projects()).toEqual([])

  for (const wrong of [['new'], ['rename', 'x'], ['limit', 'x'], ['paint', 'x'], ['--series', '5']]) {
    expect((await run(['project', ...wrong])).code).toBeGreaterThan(0)
  }
})
