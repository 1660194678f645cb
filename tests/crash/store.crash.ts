import { test } from 'vitest'
import { killAndLook } from '../store/history/kill-and-look.ts'

test('append() loses and doubles no point when killed 200 times', () => killAndLook(200), 3_600_000)
