// All paired devices, with their rights and last visits; each can be renamed and put out.

import { html, type TemplateResult } from 'lit-html'
import type { WireDevice } from '../../common/access-wire.ts'
import { ago } from '../first/words.ts'
import { fetchDevices, renameDevice, revokeDevice } from './access-api.ts'
import type { Part } from './devices-sheet.ts'
import { Task } from './task.ts'
import { rightInWords } from './this-device.ts'

export class DevicesList implements Part {
  readonly #task: Task
  #devices: WireDevice[]
  /** The device that is to be put out if it is said once more. */
  #doubted: number | null = null

  private constructor(devices: WireDevice[], draw: () => void) {
    this.#devices = devices
    this.#task = new Task(draw)
  }

  static async load(draw: () => void): Promise<DevicesList> {
    return new DevicesList(await fetchDevices(), draw)
  }

  template(): TemplateResult {
    return html`
      <h3>Paired devices</h3>
      ${this.#devices.length === 0 ? html`<p class="hint">There are none yet.</p>` : ''}
      <ul>${this.#devices.map((device) => this.#row(device))}</ul>
      <p class="bad" role="alert">${this.#task.failure ?? ''}</p>
    `
  }

  #row(device: WireDevice): TemplateResult {
    const { id, name, role, project, lastSeen, present, passkeys } = device
    const rename = ({ target }: Event): void => {
      if (target instanceof HTMLInputElement) void this.#rename(device, target.value.trim())
    }
    const words = [
      rightInWords(role, project),
      present ? 'this device' : `seen ${ago(lastSeen, Date.now())}`,
      ...(passkeys > 0 ? ['passkey'] : []),
    ]
    return html`
      <li data-device=${id}>
        <input aria-label=${`Name of ${name}`} maxlength="64" .value=${name} @change=${rename} />
        <span class="detail">${words.join(' · ')}</span>
        <button class="button quiet bad" type="button" ?disabled=${this.#task.busy} @click=${() => this.#revoke(device)}>
          ${this.#doubted === id ? 'Yes, revoke' : 'Revoke'}
        </button>
      </li>
    `
  }

  async #rename({ id, name }: WireDevice, wanted: string): Promise<void> {
    if (wanted === '' || wanted === name) return
    await this.#task.run(async () => {
      this.#devices = await renameDevice(id, wanted)
    })
  }

  /** A device that is put out has to be paired anew: it is asked for twice. */
  #revoke({ id, present }: WireDevice): void {
    const isSure = this.#doubted === id
    this.#doubted = isSure ? null : id
    void this.#task.run(async () => {
      if (!isSure) return
      await revokeDevice(id)
      if (present) location.reload()
      this.#devices = this.#devices.filter((device) => device.id !== id)
    })
  }
}
