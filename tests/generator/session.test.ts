import { expect, test } from 'vitest'
import { gather } from '../../generator/gather.ts'
import { Session } from '../../generator/session.ts'
import { FakeTime } from './support/fake-time.ts'
import { fixtureMachine } from './support/fixture.ts'

const words = { help: 'Some numbers.', unit: '', each: 'number' } as const
const machine = fixtureMachine('none')

test('Session opens before the first reading, once, and closes what it opened', async () => {
  const said: string[] = []
  const session = new Session({
    machine,
    options: { Port: 81 },
    gather: gather({
      ...words,
      options: { Port: 80 },
      setup: async (_machine, { Port }) => {
        said.push(`open ${Port}`)
        return { count: 0 }
      },
      read: (_machine, _options, held) => ({ readings: ++held.count }),
      teardown: (held) => void said.push(`close ${held.count}`),
    }),
  })
  expect(await Promise.all([session.read(), session.read()])).toEqual([{ readings: 1 }, { readings: 2 }])
  expect(session.read()).toEqual({ readings: 3 })
  await session.close()
  expect(said).toEqual(['open 81', 'close 3'])
})

test('Session opens again at the next reading where opening failed', async () => {
  let tries = 0
  const setup = () => {
    if (++tries === 1) throw new Error('nobody is there')
    return tries
  }
  const session = new Session({
    machine,
    gather: gather({ ...words, setup, read: (_m, _o, held) => ({ held }) }),
  })
  await expect(session.read()).rejects.toThrow('nobody is there')
  expect(await session.read()).toEqual({ held: 2 })
})

test('Session hands over the newest that was watched since the last round, and begins again what ended', async () => {
  const time = new FakeTime(0)
  let begun = 0
  let closed = 0
  async function* watch(_machine: unknown, _options: unknown, signal: AbortSignal) {
    try {
      begun++
      yield { one: begun }
      yield { one: begun * 10, two: 2 }
      if (begun === 1) throw new Error('the line is dead')
      await new Promise((resolve) => signal.addEventListener('abort', resolve))
    } finally {
      closed++
    }
  }
  const session = new Session({ machine, sleep: time.sleep, gather: gather({ ...words, watch }) })
  expect(session.read()).toEqual({})
  await time.advance(0)
  expect(session.read()).toEqual({ one: 10, two: 2 })
  expect(() => session.read()).toThrow('the line is dead')
  await time.advance(1000)
  expect(session.read()).toEqual({ one: 20, two: 2 })
  expect(session.read()).toEqual({})
  await session.close()
  await time.advance(0)
  expect([begun, closed]).toEqual([2, 2])
})

test('Session goes on saying what a counter was, for while nothing is said nothing is counted', async () => {
  const time = new FakeTime(0)
  async function* watch(_machine: unknown, _options: unknown, signal: AbortSignal) {
    yield { lines: 7 }
    await new Promise((resolve) => signal.addEventListener('abort', resolve))
  }
  const counter = gather({ ...words, kind: 'counter', watch })
  const session = new Session({ machine, sleep: time.sleep, gather: counter })
  session.read()
  await time.advance(0)
  expect([session.read(), session.read()]).toEqual([{ lines: 7 }, { lines: 7 }])
  await session.close()
})
