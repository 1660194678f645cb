import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { signalsOf } from '../../generator/signals.ts'
import { openAppStore } from '../../store/app.ts'
import { FakeTime } from './support/fake-time.ts'
import { temporaryFolder } from './support/temporary-store.ts'

const noon = Date.UTC(2026, 2, 28, 12, 0, 0)

function setUp() {
  const appStore = openAppStore({ file: join(temporaryFolder(), 'app.db') })
  onTestFinished(() => appStore.close())
  const clock = new FakeTime(noon)
  return { appStore, clock, ...signalsOf(appStore, clock) }
}

test('isWatched() is true until the mark expires or is taken back', () => {
  const { appStore, clock, isWatched } = setUp()
  expect(isWatched()).toBe(false)
  appStore.setWatched(noon + 15_000)
  expect(isWatched()).toBe(true)
  clock.spend(14_999)
  expect(isWatched()).toBe(true)
  clock.spend(1)
  expect(isWatched()).toBe(false)
  appStore.setWatched(noon + 30_000)
  appStore.setWatched(0)
  expect(isWatched()).toBe(false)
})

test('isWatched() does not believe a mark that was made before the clock was set back', () => {
  const { appStore, clock, isWatched } = setUp()
  appStore.setWatched(noon + 15_000)
  clock.set(-3_600_000)
  expect(isWatched()).toBe(false)
})

test('noteProblem() tells the server, and takes it back', () => {
  const { appStore, noteProblem } = setUp()
  noteProblem('The disk is full.')
  expect(appStore.storageProblem()).toBe('The disk is full.')
  noteProblem(null)
  expect(appStore.storageProblem()).toBeNull()
})
