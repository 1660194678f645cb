import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { realMounts } from '../../generator/real-mounts.ts'
import { fixtures } from './support/fixture.ts'

const pointsOf = (name: string): string[] =>
  realMounts(readFileSync(join(fixtures, `proc-${name}`, 'proc', 'self', 'mountinfo'), 'utf8')).map(
    ({ point }) => point,
  )

test('realMounts() finds disks and network folders once each, without images, memory, bind mounts and containers', () => {
  expect(pointsOf('desktop')).toEqual(['/', '/boot/efi', '/data', '/mnt/gone', '/mnt/shared folder'])
})

test('realMounts() finds pools that have no device', () => {
  expect(pointsOf('board')).toEqual(['/', '/boot', '/tank', '/tank/films'])
})

test('realMounts() shows in a container its root and its volumes, not the files that the run-time lends', () => {
  expect(pointsOf('container')).toEqual(['/', '/data'])
})

test('realMounts() takes the mount on top where two share a place', () => {
  const mountinfo = [
    '20 1 8:1 / / rw - ext4 /dev/sda1 rw',
    '21 20 8:2 / /mnt rw - ext4 /dev/sda2 rw',
    '22 20 8:3 / /mnt rw - ext4 /dev/sda3 rw',
  ]
  expect(realMounts(mountinfo.join('\n')).map(({ device }) => device)).toEqual(['8:1', '8:3'])
})

test('realMounts() finds nothing in nothing', () => {
  expect(realMounts('')).toEqual([])
})
