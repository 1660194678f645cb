import { expect, test } from 'vitest'
import { gather } from '../../generator/gather.ts'
import { fixtureMachine } from './support/fixture.ts'

const read = () => ({ one: 1, two: 2 })
const minimal = { help: 'Some numbers.', unit: '', each: 'number', read } as const

test('gather() fills in every default', () => {
  expect(gather(minimal)).toMatchObject({
    title: undefined,
    unit: '',
    kind: 'gauge',
    min: null,
    max: null,
    graph: true,
    every: 0,
    series: null,
    fallback: undefined,
  })
})

test('gather() takes a unit of one’s own when it is said to be one', () => {
  expect(gather({ ...minimal, unit: { free: 'bees' } }).unit).toBe('bees')
})

test('gather() refuses a misspelt option with the right spelling', () => {
  // @ts-expect-error grahp is no option
  expect(() => gather({ ...minimal, grahp: false })).toThrow('no option "grahp"; did you mean "graph"?')
})

test('gather() refuses a unit that is not known', () => {
  // @ts-expect-error bytes is no base unit
  expect(() => gather({ ...minimal, unit: 'bytes' })).toThrow(/unit must be one of .* byte /)
})

test('gather() refuses a declaration without help, reading or series', () => {
  // @ts-expect-error help is missing
  expect(() => gather({ unit: '', each: 'number', read })).toThrow('help')
  // @ts-expect-error read is missing
  expect(() => gather({ help: 'Some numbers.', unit: '', each: 'number' })).toThrow('read')
  // @ts-expect-error neither series nor each
  expect(() => gather({ help: 'Some numbers.', unit: '', read })).toThrow('either series or each')
})

test('gather() accepts by type only readings with every fixed series and a value in each', () => {
  gather({ help: 'Some numbers.', unit: '', series: ['one', 'two'], read })
  // @ts-expect-error three is missing in what read() answers
  gather({ help: 'Some numbers.', unit: '', series: ['one', 'two', 'three'], read })
  // @ts-expect-error a reading is a number, not a text
  gather({ ...minimal, read: () => ({ one: '1' }) })
  // @ts-expect-error valeu is no key of a reading
  gather({ ...minimal, read: () => ({ one: { valeu: 1 } }) })
})

test('gather() gives options their defaults’ types, and what setup() opened to read()', async () => {
  const held = gather({
    help: 'Some numbers.',
    unit: '',
    series: ['port', 'open'],
    options: { Port: 80, Hosts: { default: [], help: 'Which.' }, Deep: false, Url: '' },
    setup: async (_machine, options) => ({ opened: options.Port + 1 }),
    read: (_machine, { Port, Hosts, Deep, Url }, { opened }) => {
      const [first = Url]: readonly string[] = Hosts
      // @ts-expect-error Port is a number
      const wrong: string = Port
      return { port: Deep || first || wrong ? Port : 0, open: opened }
    },
  })
  expect(await held.setup?.(fixtureMachine('none'))).toEqual({ opened: 81 })
  expect(held.read(fixtureMachine('none'), { Port: 8080 }, { opened: 7 })).toEqual({ port: 8080, open: 7 })
  expect(held.options.Hosts).toEqual({ default: [], help: 'Which.' })
})

test('gather() refuses what cannot be meant: alerts of no series, reading and watching, series that are not named', () => {
  const two = { help: 'Some numbers.', unit: '', series: ['one', 'two'] } as const
  // @ts-expect-error there is no series of that name
  gather({ ...two, alerts: [{ series: 'tow', above: 1 }], read })
  async function* watch() {
    yield { one: 1 }
  }
  expect(gather({ ...two, watch }).watch).toBeDefined()
  // @ts-expect-error either read or watch
  expect(() => gather({ ...minimal, watch })).toThrow('watch must be left out where there is read')
  // @ts-expect-error three is no series
  gather({ help: 'Some numbers.', unit: '', series: ['one'], watch: threes })
})

async function* threes() {
  yield { three: 3 }
}
