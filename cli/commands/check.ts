// Verifies the whole history by its checksums and says what is damaged.

import { existsSync } from 'node:fs'
import { defineCommand } from '../command.ts'
import { databasesOf, withAppStore, withHistory } from '../databases.ts'
import { countText, damageText, plural } from '../texts.ts'
import { verify } from '../verify.ts'

export const check = defineCommand({
  name: 'check',
  summary: 'Verify every chunk of the history by its checksum',
  usage: '',
  text: `
Names what is damaged and which stretch of which category it costs; everything else still reads. May run while the
programs do. Exit code 1 when anything is damaged.`,
  options: {},
  operands: [0, 0],
  async run({ values }) {
    const databases = databasesOf(values)
    const say = (text: string): void => console.log(`damaged: ${text}`)
    const { chunks, damage } = await withHistory(databases, (store) =>
      verify(store, (report) => say(damageText(report))),
    )
    const devices = existsSync(databases.app)
      ? await withAppStore(databases, (appStore) => appStore.check())
      : []
    for (const what of devices) say(`${databases.app}: ${what}`)
    if (damage.length + devices.length === 0) {
      console.log(`${plural(chunks, 'chunk')} verified, all is well: ${databases.data}`)
      return 0
    }
    console.log(
      `${countText(damage.length + devices.length)} damaged of ${plural(chunks, 'chunk')}: ${databases.data}\n` +
        'What they held is lost here, all else reads as before. A backup from before may still have it.',
    )
    return 1
  },
})
