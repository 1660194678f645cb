import { type AddressInfo, createServer } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import ups from '../../../generator/gathers/ups.ts'
import upsRuntime from '../../../generator/gathers/ups-runtime.ts'
import { listedSockets, madeMachine } from '../support/made-machine.ts'

/** What upsd 2.8 says with a driver of two power supplies, of which one tells little. */
const answers: Readonly<Record<string, string>> = {
  'LIST UPS': 'BEGIN LIST UPS\nUPS office "Eaton 5E 850 \\"new\\""\nUPS attic "unknown"\nEND LIST UPS\n',
  'LIST VAR office': `BEGIN LIST VAR office
VAR office battery.charge "87"
VAR office battery.runtime "1502"
VAR office device.mfr "EATON \\"5E\\""
VAR office ups.load "23.5"
VAR office ups.status "OB DISCHRG"
END LIST VAR office
`,
  'LIST VAR attic': 'BEGIN LIST VAR attic\nVAR attic ups.status "OL CHRG"\nEND LIST VAR attic\n',
}

async function upsd(): Promise<string> {
  const server = createServer((socket) => {
    socket.on('data', (chunk) => socket.write(answers[chunk.toString().trim()] ?? 'ERR ACCESS-DENIED\n'))
    socket.on('error', () => {})
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  return `127.0.0.1:${(server.address() as AddressInfo).port}`
}

test('UPS reads charge and load, and whether the power is out, of every power supply that tells them', async () => {
  expect(await ups.read(madeMachine({}), { Server: await upsd() })).toEqual({
    'office charge': 87,
    'office load': 23.5,
    'office on battery': 100,
    'attic on battery': 0,
  })
})

test('UPS runtime reads seconds from the server that UPS was told', async () => {
  const machine = madeMachine({})
  await ups.read(machine, { Server: await upsd() })
  expect(await upsRuntime.read(machine)).toEqual({ office: 1502 })
})

test('UPS asks nobody where there is no driver, and says so when the daemon does not answer', async () => {
  expect(await ups.read(madeMachine({ 'proc/net/unix': listedSockets('/run/cups/cups.sock') }))).toEqual({})
  await expect(ups.read(madeMachine({}), { Server: '127.0.0.1:1' })).rejects.toThrow('ECONNREFUSED')
})
