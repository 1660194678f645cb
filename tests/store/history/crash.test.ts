import { test } from 'vitest'
import { killAndLook } from './kill-and-look.ts'

test.skipIf(process.platform === 'win32')(
  'append() loses and doubles no point when killed while sealing, building levels and pruning, 20 times',
  () => killAndLook(20),
  300_000,
)
