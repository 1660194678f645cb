// Another one-time pairing code, for another phone.

import { localAddress } from '../../store/local-address.ts'
import { defineCommand } from '../command.ts'
import { databasesOf, withAppStore } from '../databases.ts'
import { invitation } from '../invitation.ts'

const lifeMinutes = 10

export const pair = defineCommand({
  name: 'pair',
  summary: 'Show a code that pairs one more phone',
  usage: '',
  text: `The code works once, for ${lifeMinutes} minutes. Only its hash is kept.`,
  options: {},
  operands: [0, 0],
  async run({ values }) {
    const databases = databasesOf(values)
    const code = await withAppStore(databases, (appStore) =>
      appStore.newPairingCode(Date.now(), { lifeSeconds: lifeMinutes * 60 }),
    )
    const { Port: port } = databases.settings.Server
    console.log(invitation({ address: localAddress(), port, code, lifeMinutes }))
    return 0
  },
})
