import { expect, test } from 'vitest'
import { openTemporaryApp, temporaryFile } from './temporary.ts'

const free = { archived: false, maxSeries: null, maxPointsPerSecond: null, maxAgeSeconds: null }

test('updateProject(), rotateProjectId() and removeProject() hold at once in another process', () => {
  const file = temporaryFile('app.db')
  const [one, other] = [openTemporaryApp(file), openTemporaryApp(file)]
  const made = one.createProject({ name: 'Green', kind: 'custom', id: 'first' })
  expect(other.projectById('first')).toEqual(made)
  expect(made).toMatchObject(free)

  const limits = { maxSeries: 5, maxPointsPerSecond: 0, maxAgeSeconds: 3600 }
  const changed = one.updateProject(made.key, { name: 'Greenhouse', archived: true, ...limits })
  expect(changed).toEqual({ ...made, ...limits, name: 'Greenhouse', archived: true })
  expect(other.projectById('first')).toEqual(changed)
  expect(one.updateProject(made.key, { archived: false, maxSeries: null }).maxAgeSeconds).toBe(3600)

  const { id } = one.rotateProjectId(made.key)
  expect(id).toMatch(/^[0-9a-f]{32}$/)
  expect(other.projectById('first')).toBeNull()
  expect(other.projectById(id)?.key).toBe(made.key)

  one.removeProject(made.key)
  expect(['first', id, 'never'].map((each) => other.isRetiredId(each))).toEqual([true, true, false])
  expect(other.projectById(id)).toBeNull()
  expect(other.projects()).toEqual([])
})

test('updateProject() refuses names that are taken, and what cannot be done to the own machine', () => {
  const store = openTemporaryApp()
  const machine = store.machineProject('box')
  const plants = store.createProject({ name: 'plants', kind: 'custom' })
  const conflict = expect.objectContaining({ code: 'conflict' })
  for (const name of ['box', 'BOX']) expect(() => store.updateProject(plants.key, { name })).toThrow(conflict)
  expect(store.updateProject(plants.key, { name: 'Plants' }).name).toBe('Plants')
  expect(() => store.updateProject(machine.key, { name: 'den' })).toThrow(conflict)
  expect(() => store.updateProject(machine.key, { archived: true })).toThrow(conflict)
  expect(() => store.removeProject(machine.key)).toThrow(conflict)
  expect(store.updateProject(machine.key, { maxSeries: 9 }).maxSeries).toBe(9)
  const missing = expect.objectContaining({ code: 'not-found' })
  for (const work of [() => store.rotateProjectId('no'), () => store.removeProject('no')]) {
    expect(work).toThrow(missing)
  }
})
