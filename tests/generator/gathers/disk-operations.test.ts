import { expect, test } from 'vitest'
import diskOperations from '../../../generator/gathers/disk-operations.ts'
import { fixtureMachine } from '../support/fixture.ts'

test('disk operations reads how often whole disks were read and written', async () => {
  expect(await diskOperations.read(fixtureMachine('desktop'))).toEqual({
    'nvme0n1 reads': 812044,
    'nvme0n1 writes': 2201033,
    'sda reads': 50212,
    'sda writes': 20112,
  })
})
