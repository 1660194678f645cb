import { expect, test } from 'vitest'
import systemd from '../../../generator/gathers/systemd.ts'
import { madeMachine } from '../support/made-machine.ts'

const programs = ['systemctl']

test('systemd reads how many units have failed, and which', async () => {
  expect(await systemd.read(madeMachine({ 'proc/1/comm': 'systemd\n' }, { programs }))).toEqual({
    failed: 3,
    'fstrim.service': 1,
    'systemd-networkd-wait-online.service': 1,
    'mnt-nas.mount': 1,
  })
})

test('systemd asks nobody where another program came first', async () => {
  expect(await systemd.read(madeMachine({ 'proc/1/comm': 'init\n' }, { programs }))).toBeNull()
})
