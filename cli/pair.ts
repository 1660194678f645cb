// `npm run pair`: another one-time pairing code, for another phone.

import { Problem } from '../common/problem.ts'
import { openAppStore } from '../store/app.ts'
import { loadSettings } from '../store/load-settings.ts'
import { databasePaths } from '../store/paths.ts'
import { invitation } from './invitation.ts'
import { localAddress } from './local-address.ts'

const lifeMinutes = 10

try {
  const { settings, file } = loadSettings(process.argv.slice(2))
  const appStore = openAppStore({ file: databasePaths(settings, file).app })
  const code = appStore.newPairingCode(Date.now(), lifeMinutes * 60)
  appStore.close()
  console.log(invitation({ address: localAddress(), port: settings.Server.Port, code, lifeMinutes }))
} catch (error) {
  console.error(error instanceof Problem ? error.message : error)
  process.exit(1)
}
