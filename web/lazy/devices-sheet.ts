// Who may see this machine: this device, the others, friends to be invited, scripts. Owners see and change all of it,
// viewers only what concerns their own device.

import { html, nothing, type TemplateResult } from 'lit-html'
import type { Session } from '../../common/access-wire.ts'
import { fetchProjects } from '../data/api.ts'
import { fetchSession } from './access-api.ts'
import { DevicesList } from './devices-list.ts'
import { Invite } from './invite.ts'
import { openSheet, type Sheet } from './sheet.ts'
import { Task } from './task.ts'
import { ThisDevice } from './this-device.ts'
import { TokensList } from './tokens-list.ts'
import './devices.css'

/** A part of the sheet: draws itself, and asks for being drawn again. */
export interface Part {
  template(): TemplateResult
}

export function openDevicesSheet(): void {
  const task = new Task(() => sheet.draw())
  let parts: readonly Part[] = []
  const load = async (): Promise<void> => {
    const session = await fetchSession()
    const isOwner = session.role === 'owner'
    parts = isOwner
      ? await ownersParts(session, () => sheet.draw())
      : [new ThisDevice(session, () => sheet.draw())]
  }
  const content = (): TemplateResult => html`
    <div class="devices" aria-busy=${task.busy ? 'true' : 'false'}>
      ${task.failure ? html`<p class="bad" role="alert">${task.failure}</p>` : nothing}
      ${parts.map((part) => part.template())}
    </div>
  `
  const sheet: Sheet = openSheet('Devices', content)
  void task.run(load)
}

async function ownersParts(session: Session, draw: () => void): Promise<Part[]> {
  const [projects, list, tokens] = await Promise.all([
    fetchProjects(),
    DevicesList.load(draw),
    TokensList.load(draw),
  ])
  const own = session.paired ? [new ThisDevice(session, draw)] : []
  return [...own, list, new Invite(projects, draw), tokens]
}
