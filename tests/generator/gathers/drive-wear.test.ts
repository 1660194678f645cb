import { expect, test } from 'vitest'
import driveWear from '../../../generator/gathers/drive-wear.ts'
import { madeMachine } from '../support/made-machine.ts'

const disk = (name: string, rotational = '0\n') => ({ [`sys/block/${name}/queue/rotational`]: rotational })

test('drive wear reads what drives tell, and nothing of those that sleep or are not ours to ask', async () => {
  const machine = madeMachine(
    { ...disk('nvme0n1'), ...disk('sda'), ...disk('sdb'), ...disk('sdc'), ...disk('loop0') },
    { programs: ['smartctl'] },
  )
  expect(await driveWear.read(machine)).toEqual({
    'nvme0n1 used': { value: 7, max: 100 },
    'nvme0n1 failing': { value: 0, max: 100 },
    'sda used': { value: 19, max: 100 },
    'sda failing': { value: 100, max: 100 },
  })
})

test('drive wear reads of a turning disk only whether it fails', async () => {
  const machine = madeMachine(disk('sda', '1\n'), { programs: ['smartctl'] })
  expect(await driveWear.read(machine)).toEqual({ 'sda failing': { value: 100, max: 100 } })
})

test('drive wear reads the worse half of a memory card, and needs no tool for it', async () => {
  const machine = madeMachine({
    'sys/block/mmcblk0/device/life_time': '0x01 0x03\n',
    'sys/block/mmcblk1/device/name': 'SD32G\n',
    'sys/block/mmcblk2/device/life_time': '0x00 0x00\n',
  })
  expect(await driveWear.read(machine)).toEqual({ 'mmcblk0 used': { value: 30, max: 100 } })
})
