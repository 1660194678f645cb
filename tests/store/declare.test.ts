import { expect, test } from 'vitest'
import type { Declaration } from '../../common/declaration.ts'
import { undeclared } from '../../common/declaration.ts'
import { openTemporary, temporaryFile } from './temporary.ts'

const memory: Declaration = {
  help: 'Memory in use.',
  unit: 'byte',
  graph: true,
  everySeconds: 1,
  min: 0,
  max: 8e9,
}

test('declare() stores what a category says of itself; its series fall back to it', () => {
  const store = openTemporary()
  store.declare('m', 'memory', memory, {
    RAM: { unit: null, min: null, max: null },
    swap: { unit: 'page', min: 1, max: 2 },
  })
  expect(store.catalogue('m')).toEqual([
    {
      name: 'memory',
      ...memory,
      error: null,
      firstTime: null,
      lastTime: null,
      series: [
        { id: 1, label: 'RAM', unit: 'byte', min: 0, max: 8e9 },
        { id: 2, label: 'swap', unit: 'page', min: 1, max: 2 },
      ],
    },
  ])
})

test('declare() updates, keeps ids and points, and is seen by another process', () => {
  const file = temporaryFile()
  const writer = openTemporary(file)
  const reader = openTemporary(file)
  writer.append([{ project: 'm', category: 'memory', label: 'RAM', time: 5, value: 1 }])
  expect(reader.catalogue('m')).toMatchObject([
    { ...undeclared, firstTime: 5, lastTime: 5, series: [{ id: 1, unit: '' }] },
  ])
  writer.declare('m', 'memory', memory)
  expect(reader.catalogue('m')).toMatchObject([{ ...memory, series: [{ id: 1, unit: 'byte', max: 8e9 }] }])
  writer.declare('m', 'memory', { ...memory, max: null, graph: false })
  expect(reader.catalogue('m')).toMatchObject([{ max: null, graph: false, lastTime: 5 }])
})

test('declare() said again writes nothing', () => {
  const store = openTemporary()
  const series = { RAM: { unit: null, min: null, max: 5 } }
  store.declare('m', 'memory', memory, series)
  const version = store.version()
  store.declare('m', 'memory', { ...memory }, series)
  expect(store.version()).toBe(version)
})

test('catalogue() and projects() keep the order of making', () => {
  const store = openTemporary()
  for (const [project, category] of [
    ['z', '2'],
    ['a', '1'],
    ['z', '1'],
  ] as const) {
    store.declare(project, category, undeclared)
  }
  expect(store.projects()).toEqual(['z', 'a'])
  expect(store.catalogue('z').map(({ name }) => name)).toEqual(['2', '1'])
  expect(store.catalogue('nobody')).toEqual([])
})

test('report() keeps the moment a failure began until it ends', () => {
  const store = openTemporary()
  const error = () => store.catalogue('m')[0]?.error
  store.report('m', 'disks', 'no permission', 100)
  store.report('m', 'disks', 'no permission', 200)
  expect(error()).toEqual({ message: 'no permission', since: 100 })
  store.report('m', 'disks', 'still none', 300)
  expect(error()).toEqual({ message: 'still none', since: 100 })
  store.report('m', 'disks', null, 400)
  expect(error()).toBeNull()
  store.report('m', 'disks', 'again', 500)
  expect(error()).toEqual({ message: 'again', since: 500 })
})

test('report() that nothing fails makes no category', () => {
  const store = openTemporary()
  store.report('m', 'disks', null, 100)
  expect(store.projects()).toEqual([])
})
