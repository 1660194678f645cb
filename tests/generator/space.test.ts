import { expect, test } from 'vitest'
import { spaceReader } from '../../generator/space.ts'

const answer = { blocks: 10, bfree: 4, bsize: 1_048_576, frsize: 4096 }

test('spaceReader() counts in the file system’s own blocks, not in what is best to transfer', async () => {
  const space = spaceReader({ statfs: async () => answer })
  expect(await space('/')).toEqual({ total: 40_960, free: 16_384 })
})

test('spaceReader() gives null for a mount that fails', async () => {
  const space = spaceReader({ statfs: () => Promise.reject(new Error('EACCES')) })
  expect(await space('/secret')).toBeNull()
})

test('spaceReader() asks a hanging mount once, and again only after it has answered', async () => {
  const answers: ((value: typeof answer) => void)[] = []
  const space = spaceReader({ statfs: () => new Promise((resolve) => answers.push(resolve)) })
  expect(await space('/gone')).toBeNull()
  expect(await space('/gone')).toBeNull()
  expect(answers).toHaveLength(1)
  answers[0]?.(answer)
  await Promise.resolve()
  const again = space('/gone')
  expect(answers).toHaveLength(2)
  answers[1]?.(answer)
  expect(await again).toEqual({ total: 40_960, free: 16_384 })
})

test('spaceReader() reads this machine', async () => {
  const here = await spaceReader()('/')
  expect(here?.total).toBeGreaterThan(here?.free ?? Number.POSITIVE_INFINITY)
})
