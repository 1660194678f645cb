import { existsSync } from 'node:fs'
import { expect, test } from 'vitest'
import ping from '../../../generator/gathers/ping.ts'
import pingLoss from '../../../generator/gathers/ping-loss.ts'
import { fixtureMachine } from '../support/fixture.ts'
import { madeMachine } from '../support/made-machine.ts'

const programs = ['ping']
const Hosts = ['192.0.2.1', '192.0.2.2', 'nowhere.example']

test('ping reads seconds until each host’s answer, and leaves a gap where none comes', async () => {
  expect(await ping.read(madeMachine({}, { programs }), { Hosts })).toEqual({
    '192.0.2.1': { value: 0.0124 },
    '192.0.2.2': { value: null },
    'nowhere.example': { value: null },
  })
})

test('ping loss reads what came of the same pings', async () => {
  const machine = madeMachine({}, { programs })
  expect(await pingLoss.read(machine)).toBeNull()
  const [, lost] = await Promise.all([ping.read(machine, { Hosts }), pingLoss.read(machine)])
  expect(lost).toEqual({ '192.0.2.1': 0, '192.0.2.2': 100, 'nowhere.example': 100 })
})

test('ping says why it cannot ask, and asks nobody unless told', async () => {
  const machine = madeMachine({}, { programs })
  await expect(ping.read(machine, { Hosts: ['forbidden.example'] })).rejects.toThrow(
    'Operation not permitted',
  )
  expect(await ping.read(machine)).toBeNull()
})

test.skipIf(!existsSync('/usr/bin/ping'))('ping takes no host for an option of the real ping', async () => {
  const given = await Promise.resolve(ping.read(fixtureMachine('none'), { Hosts: ['-h'] })).catch(String)
  expect(JSON.stringify(given)).toMatch(/"-h":\{"value":null\}|not permitted|not known/)
})
