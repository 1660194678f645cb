import { afterAll, beforeAll, expect, test } from 'vitest'
import { moduleOf, type PluginRig, pluginRig, soon } from '../support/plugin-rig.ts'

let rig: PluginRig

beforeAll(async () => {
  rig = await pluginRig({ stepMs: 250, settings: '[Plugin rooms]\nCount = 3\nNames = a, b\n' })
})
afterAll(() => rig.close())

test('a module that is saved has its first point within an interval and two seconds, with options from settings.conf', async () => {
  const saved = Date.now()
  rig.save(
    'rooms.ts',
    moduleOf(
      'read: (_machine, { Count, Names }): Record<string, number> => ({ [Names.join(" ")]: Count })',
      "unit: '°C', each: 'room', min: 0, options: { Count: 2, Names: ['x'] }",
    ),
  )
  const [[time, value] = [0, 0]] = await soon('a point', () => {
    const points = rig.points('rooms')
    return points.length > 0 && points
  })
  expect(Date.now() - saved).toBeLessThan(2500)
  expect(value).toBe(3)
  expect(time % 250).toBe(0)
  expect(rig.card('rooms')).toMatchObject({
    ...{ help: 'Numbers of a test.', unit: '°C', graph: true, everySeconds: 0.25, min: 0, error: null },
    series: [{ label: 'a b' }],
  })
})

test('options that a plugin declares appear in settings.conf with their defaults, and what is set there counts', async () => {
  const options = "options: { Hive: 'north', Depth: { default: 3, help: 'How deep to look.' } }"
  rig.save(
    'bees.ts',
    moduleOf('read: (_m, { Depth }) => ({ depth: Depth })', `unit: '', each: 'hive', ${options}`),
  )
  await soon('the default', () => rig.points('bees').at(-1)?.[1] === 3)
  expect(rig.config()).toMatch(/\n\[Plugin bees\]\n# Hive = north\n# How deep to look.\n# Depth = 3\n$/)
  rig.settings('[Plugin bees]\nDepth = 5\nDpeth = 7\n')
  await soon('what is set', () => rig.points('bees').at(-1)?.[1] === 5)
  await soon('a word', () => rig.card('bees')?.error)
  expect(rig.card('bees')?.error?.message).toContain('unknown option "Dpeth"; did you mean "Depth"?')
  rig.settings('')
  await soon('the default again', () => rig.points('bees').at(-1)?.[1] === 3)
})

test('a changed module is loaded anew; a broken one is named with its line while the old goes on; mended, all is well', async () => {
  rig.save('changing.mjs', moduleOf('read: () => ({ version: 1 })'))
  await soon('version 1', () => rig.points('changing').length > 1)
  rig.save('changing.mjs', moduleOf('read: () => ({ version: 2 })'))
  await soon('version 2', () => rig.points('changing').at(-1)?.[1] === 2)
  rig.save('changing.mjs', 'const one = 1\nexport default {\n  two: = 2\n}\n')
  const error = await soon('the error', () => rig.card('changing')?.error)
  expect(error.message).toBe("Unexpected token '=' (changing.mjs:3); the version before goes on")
  const before = rig.points('changing').length
  await soon('more of the old', () => rig.points('changing').length > before + 2)
  expect(rig.card('changing')?.error).not.toBeNull()
  rig.save('changing.mjs', moduleOf('read: () => ({ version: 3 })'))
  await soon('version 3', () => rig.points('changing').at(-1)?.[1] === 3)
  await soon('no error', () => rig.card('changing')?.error === null)
  const times = rig.points('changing').map(([time]) => time)
  expect(new Set(times).size).toBe(times.length)
})

test('a deleted file leaves its card with a word, and its history', async () => {
  rig.save('short-lived.js', moduleOf('read: () => ({ here: 1 })'))
  await soon('a point', () => rig.points('short lived').length > 0)
  rig.remove('short-lived.js')
  const error = await soon('a word', () => rig.card('short lived')?.error)
  expect(error.message).toContain('its file short-lived.js is gone')
  const count = rig.points('short lived').length
  await new Promise((resolve) => setTimeout(resolve, 700))
  expect(rig.points('short lived')).toHaveLength(count)
})

test('a function in the style of the first StatsServer fills categories with limits and nograph', async () => {
  rig.save(
    'ported.js',
    `import { createCategory, createCategoryEntry } from 'pocketstats/stats-server'

export default function gatherData(data) {
  data['my disks'] = createCategory(['nograph'])
  data['my disks'].entries['/'] = createCategoryEntry(40, 'GB', 0, 100)
  data['my load'] = createCategory()
  data['my load'].entries.now = createCategoryEntry(0.5)
}
`,
  )
  await soon('both cards', () => rig.points('my disks').length > 0 && rig.points('my load').length > 0)
  expect(rig.card('my disks')).toMatchObject({
    graph: false,
    series: [{ label: '/', unit: 'GB', min: 0, max: 100 }],
  })
  expect(rig.card('my load')).toMatchObject({ graph: true })
})

test('a module that watches is stored as it speaks, and what it opened is closed when it goes', async () => {
  rig.save(
    'line.ts',
    moduleOf(
      `async *watch(_machine, _options, signal: AbortSignal) {
    for (;;) {
      yield { events: ++n }
      await new Promise((resolve) => { setTimeout(resolve, 350); signal.addEventListener('abort', resolve) })
    }
  }`,
      "unit: '', series: ['events']",
    ),
  )
  await soon('three events, each once', () => {
    const [one = 0, two, three] = rig
      .points('line')
      .map(([, value]) => value)
      .slice(-3)
    return one + 1 === two && one + 2 === three
  })
})

test('the list says of every plugin what it does; what is switched off in settings.conf ends, and begins again', async () => {
  rig.save(
    'steady.js',
    moduleOf(
      'read: () => ({ n: ++n, alerts: 1 })',
      "unit: '', each: 'x', alerts: [{ above: 90, text: 'hot' }]",
    ),
  )
  await soon('a point', () => rig.points('steady').length > 0)
  const steady = () => rig.report()?.plugins.find(({ name }) => name === 'steady')
  await soon('the list', () => steady()?.state === 'runs')
  expect(steady()).toMatchObject({
    kind: 'module',
    categories: ['steady'],
    everySeconds: 0.25,
    series: 2,
    message: null,
  })
  expect(steady()?.alerts).toEqual([{ series: '', above: 90, below: null, seconds: 0, text: 'hot' }])
  expect(steady()?.tookMs).toBeGreaterThan(0)
  expect(rig.report()?.plugins).toContainEqual(
    expect.objectContaining({ name: 'memory', kind: 'built-in', state: 'runs' }),
  )

  rig.settings('DisabledGathers = steady, memory\n')
  await soon('both off', () =>
    ['steady', 'memory'].every(
      (wanted) => rig.report()?.plugins.find(({ name }) => name === wanted)?.state === 'off',
    ),
  )
  const counts = () => [rig.points('steady').length, rig.points('memory').length]
  const then = counts()
  await new Promise((resolve) => setTimeout(resolve, 700))
  expect(counts()).toEqual(then)
  rig.settings('')
  await soon('both on', () => counts().every((count, index) => count > (then[index] ?? 0)))
  expect(rig.stderr()).not.toContain('there is no gather "steady"')
})

test('a plugin that is called like a gather has a card of its own', async () => {
  rig.save('memory.js', moduleOf('read: () => ({ mine: 1 })'))
  await soon('a second card', () => rig.points('memory 2').length > 0)
  expect(rig.card('memory')?.series.map(({ label }) => label)).not.toContain('mine')
})
