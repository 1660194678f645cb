// Who is in: lists paired devices, renames them and puts them out, also when no phone is at hand.

import { Problem } from '../../common/problem.ts'
import type { AppStore, Device } from '../../store/app-types.ts'
import { defineCommand, UsageError } from '../command.ts'
import { databasesOf, withAppStore } from '../databases.ts'
import { table } from '../table.ts'
import { idOf, rightText, timeText } from '../texts.ts'

export const devices = defineCommand({
  name: 'devices',
  summary: 'List, rename or revoke paired devices',
  usage: '[list | rename ID NAME | revoke ID]',
  text: `
Without words it lists them. A device that is revoked is out within a second, its open app included; it can be paired
again by a new code.`,
  options: {},
  operands: [0, 3],
  async run({ values, operands }) {
    console.log(await withAppStore(databasesOf(values), (appStore) => act(appStore, operands)))
    return 0
  },
})

/** What was done, or what there is, in words. */
function act(appStore: AppStore, [word = 'list', id, name, ...more]: readonly string[]): string {
  const isShort = name === undefined && more.length === 0
  if (word === 'list' && id === undefined) return listed(appStore.devices())
  if (word === 'revoke' && id !== undefined && isShort) {
    const device = deviceOf(appStore, id)
    appStore.revokeDevice(device.id)
    return `${device.name} is out.`
  }
  if (word === 'rename' && id !== undefined && name !== undefined) {
    const device = deviceOf(appStore, id)
    appStore.renameDevice(device.id, name)
    return `${device.name} is called ${name} now.`
  }
  throw new UsageError('expected list, rename ID NAME or revoke ID')
}

function deviceOf(appStore: AppStore, given: string): Device {
  const found = appStore.devices().find(({ id }) => id === idOf(given))
  if (found) return found
  throw new Problem('not-found', `There is no device ${given}: pocketstats devices lists them.`)
}

function listed(all: readonly Device[]): string {
  if (all.length === 0) return 'No device is paired: npm run pair shows a code.'
  const rows = all.map((device) => [
    String(device.id),
    device.name,
    rightText(device),
    timeText(device.lastSeen),
    timeText(device.created),
  ])
  return table(['id', 'name', 'may', 'last seen', 'paired'], rows, [0]).join('\n')
}
