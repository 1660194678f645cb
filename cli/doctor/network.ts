// Can a phone reach this machine: by which addresses, and what might stand in between?

import { existsSync, readFileSync } from 'node:fs'
import { networkInterfaces } from 'node:os'
import { localAddress } from '../../store/local-address.ts'
import type { Databases } from '../databases.ts'
import { runningPrograms } from '../running-programs.ts'
import { ask } from './ask.ts'
import { bad, type Finding, good, hint } from './finding.ts'

const loopback = /^(127\.|::1$|localhost$)/

export async function addressFinding({ settings, app }: Databases): Promise<Finding> {
  const { Host, Port } = settings.Server
  if (loopback.test(Host)) {
    return hint(
      'Addresses',
      `only this machine itself reaches the server: Host = ${Host}`,
      'Host = 0.0.0.0 lets phones in, too',
    )
  }
  const likeliest = localAddress()
  if (likeliest === undefined) {
    return bad('Addresses', 'this machine has no network', 'connect it to the network that your phone is in')
  }
  const all = addresses().map((address) => `http://${address}:${Port}/`)
  const isRunning = runningPrograms(app).some(({ name }) => name === 'server')
  if (isRunning && Port !== 0) {
    const answer = await ask(`http://${likeliest}:${Port}/healthz`)
    if ('error' in answer) {
      return bad(
        'Addresses',
        `nothing answers at http://${likeliest}:${Port}/: ${answer.error}`,
        'does Host in settings.conf name another address?',
      )
    }
  }
  return good('Addresses', all.join(' '))
}

/** This machine's IPv4 addresses, without loopback. */
export const addresses = (interfaces = networkInterfaces()): string[] =>
  Object.values(interfaces)
    .flatMap((list = []) => list)
    .filter(({ family, internal }) => family === 'IPv4' && !internal)
    .map(({ address }) => address)

/** Only firewalls that tell everybody that they are on. */
export function firewallFinding(
  { settings }: Databases,
  { isUfwOn = readsUfw(), isFirewalldOn = existsSync('/run/firewalld') } = {},
): Finding {
  const { Port } = settings.Server
  if (isUfwOn) return hint('Firewall', 'ufw is on', `if phones cannot connect: sudo ufw allow ${Port}/tcp`)
  if (isFirewalldOn) {
    const command = `sudo firewall-cmd --permanent --add-port=${Port}/tcp && sudo firewall-cmd --reload`
    return hint('Firewall', 'firewalld is on', `if phones cannot connect: ${command}`)
  }
  return good('Firewall', 'neither ufw nor firewalld is on')
}

function readsUfw(): boolean {
  try {
    return /^ENABLED=yes/m.test(readFileSync('/etc/ufw/ufw.conf', 'utf8'))
  } catch {
    return false
  }
}
