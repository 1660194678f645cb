import { expect, test } from 'vitest'
import gpu from '../../../generator/gathers/gpu.ts'
import { madeMachine } from '../support/made-machine.ts'

const amd = 'sys/class/drm/card0/device'

test('GPU reads cards of AMD from the kernel, and leaves out those of others', async () => {
  const machine = madeMachine({
    [`${amd}/gpu_busy_percent`]: '42\n',
    [`${amd}/mem_info_vram_used`]: '2147483648\n',
    [`${amd}/mem_info_vram_total`]: '8573157376\n',
    'sys/class/drm/card0-HDMI-A-1/status': 'connected\n',
    'sys/class/drm/card1/device/vendor': '0x8086\n',
  })
  expect(await gpu.read(machine)).toEqual({ 'GPU 0 busy': 42, 'GPU 0 memory': 25 })
})

test('GPU reads cards of NVIDIA by their tool, each under a name of its own, without what is not told', async () => {
  const driver = {
    'proc/driver/nvidia/version': 'NVRM version: NVIDIA UNIX x86_64 Kernel Module  535.183.01\n',
  }
  expect(await gpu.read(madeMachine(driver, { programs: ['nvidia-smi'] }))).toEqual({
    'NVIDIA GeForce RTX 3060 busy': 37,
    'NVIDIA GeForce RTX 3060 memory': 16.7,
    'NVIDIA GeForce RTX 3060 2 busy': 0,
    'NVIDIA GeForce RTX 3060 2 memory': 0,
    'NVIDIA GeForce GT 710 memory': 10.6,
  })
})

test('GPU does not start the tool where there is no driver', async () => {
  expect(await gpu.read(madeMachine({}, { programs: ['nvidia-smi'] }))).toEqual({})
})
