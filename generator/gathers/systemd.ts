// Which of systemd's units have failed, from what `systemctl --failed` lists (systemctl(1)).

import { gather } from '../gather.ts'

const query = ['list-units', '--failed', '--plain', '--no-legend', '--no-pager', '--full']

/** Units that are named; a machine on which more have failed has other worries. */
const mostNamed = 20

export default gather({
  order: 31,
  help: 'Units of systemd that have failed: how many, and which.',
  unit: '',
  min: 0,
  every: 30,
  each: 'unit',
  alerts: [{ series: 'failed', above: 0, seconds: 60, text: 'A service of this machine has failed.' }],
  async read(machine) {
    if (machine.proc('1/comm') !== 'systemd\n') return null
    const listed = await machine.run('systemctl', query)
    if (listed === undefined) return null
    if (listed.code !== 0) throw new Error(`systemctl: ${listed.failure ?? listed.stderr.trim()}`)
    const units = listed.stdout.split('\n').flatMap((line) => line.trimStart().split(' ', 1))
    const failed = units.filter((unit) => unit !== '')
    return {
      failed: failed.length,
      ...Object.fromEntries(failed.slice(0, mostNamed).map((unit) => [unit, 1])),
    }
  },
})
