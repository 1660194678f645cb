// Looks at everything that has to be right on the machine, and says for each that is not the one next step.

import { loadSettings } from '../../store/load-settings.ts'
import { defineCommand } from '../command.ts'
import { databasesOf } from '../databases.ts'
import { certificateFindings } from '../doctor/certificates.ts'
import { findingLines } from '../doctor/finding.ts'
import { addressFinding, firewallFinding } from '../doctor/network.ts'
import { nodeFinding, portFindings, programsFinding } from '../doctor/programs.ts'
import { databaseFindings, diskFinding } from '../doctor/storage.ts'
import { timeFinding } from '../doctor/time.ts'
import { plural } from '../texts.ts'

export const doctor = defineCommand({
  name: 'doctor',
  summary: 'Look at everything that has to be right on this machine',
  usage: '',
  text: `
Node, programs, ports, addresses, firewall, certificates, databases, disk and clock, a line each, with the one next step
where something is wrong. Changes nothing. Exit code 1 when anything is wrong; hints are not.
What has to be right on a phone is checked by the page /install there.`,
  options: {},
  operands: [0, 0],
  async run({ values }) {
    const databases = databasesOf(values)
    const { file } = loadSettings(values.config === undefined ? [] : ['--config', values.config])
    const findings = [
      nodeFinding(),
      programsFinding(databases),
      ...(await portFindings(databases)),
      await addressFinding(databases),
      firewallFinding(databases),
      ...(await certificateFindings(databases, file)),
      ...databaseFindings(databases),
      diskFinding(databases),
      timeFinding(),
    ]
    for (const line of findingLines(findings)) console.log(line)
    const wrong = findings.filter(({ state }) => state === 'bad').length
    console.log(wrong === 0 ? '\nAll is well.' : `\n${plural(wrong, 'thing')} wrong.`)
    return wrong === 0 ? 0 : 1
  },
})
