// Another one-time pairing code, for another phone: of one's own, or of somebody who may look but change nothing.

import type { AppStore, Grant } from '../../store/app-types.ts'
import { localAddress } from '../../store/local-address.ts'
import { defineCommand, UsageError } from '../command.ts'
import { databasesOf, withAppStore } from '../databases.ts'
import { invitation } from '../invitation.ts'
import { projectNamed } from '../project-named.ts'

const lifeMinutes = 10

export const pair = defineCommand({
  name: 'pair',
  summary: 'Show a code that pairs one more phone',
  usage: '[--viewer [PROJECT]]',
  text: `
The code works once, for ${lifeMinutes} minutes. Only its hash is kept. The phone may do everything; with --viewer it may
look at all numbers, or at those of one project, and change nothing.`,
  options: { viewer: { type: 'boolean' } },
  operands: [0, 1],
  async run({ values, operands: [project] }) {
    if (project !== undefined && !values.viewer) {
      throw new UsageError(`"${project}" is one argument too many; a project goes with --viewer`)
    }
    const databases = databasesOf(values)
    const code = await withAppStore(databases, (appStore) => {
      const grant = values.viewer ? viewer(appStore, project) : {}
      return appStore.newPairingCode(Date.now(), { ...grant, lifeSeconds: lifeMinutes * 60 })
    })
    const { Port: port } = databases.settings.Server
    console.log(invitation({ address: localAddress(), port, code, lifeMinutes }))
    return 0
  },
})

const viewer = (appStore: AppStore, project: string | undefined): Grant => ({
  role: 'viewer',
  project: project === undefined ? null : projectNamed(appStore, project).key,
})
