// The routes by which devices and scripts get in, and by which owners see who is in. Whatever can be guessed at is
// guarded by one and the same count of wrong tries.

import { CodeGuard } from '../access/code-guard.ts'
import { PasskeyDoor } from '../access/passkey-door.ts'
import type { ServerApp, Services } from '../services.ts'
import { devicesRoutes } from './devices.ts'
import { handOverRoutes } from './hand-over.ts'
import { passkeysRoutes } from './passkeys.ts'
import { sessionRoutes } from './session.ts'
import { tokensRoutes } from './tokens.ts'

export function accessRoutes(app: ServerApp, services: Services, assetsFolder: string): void {
  const doors = { guard: new CodeGuard(services), passkeys: new PasskeyDoor(services) }
  sessionRoutes(app, services, doors)
  handOverRoutes(app, services, assetsFolder)
  passkeysRoutes(app, services, doors)
  devicesRoutes(app, services)
  tokensRoutes(app, services)
}
