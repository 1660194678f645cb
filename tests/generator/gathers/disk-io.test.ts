import { expect, test } from 'vitest'
import diskIo from '../../../generator/gathers/disk-io.ts'
import { fixtureMachine } from '../support/fixture.ts'

test('disk I/O reads bytes of whole disks that were used, not of partitions, loops, memory or layers on disks', async () => {
  expect(await diskIo.read(fixtureMachine('desktop'))).toEqual({
    'nvme0n1 read': 61203400 * 512,
    'nvme0n1 written': 141203328 * 512,
    'sda read': 8012400 * 512,
    'sda written': 4012000 * 512,
  })
})

test('disk I/O reads memory cards', async () => {
  expect(await diskIo.read(fixtureMachine('board'))).toEqual({
    'mmcblk0 read': 401200 * 512,
    'mmcblk0 written': 120480 * 512,
  })
})

test('disk I/O names the models once they are known', () => {
  expect(diskIo.about({ disks: { sda: 'WD Red', nvme0n1: 'Samsung 980' } })).toBe(
    'sda: WD Red, nvme0n1: Samsung 980',
  )
  expect(diskIo.about({})).toBeUndefined()
})
