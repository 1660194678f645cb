// Plain JavaScript, with an option of its own: how old the newest file of a folder is. Good for backups:
//
//     [Plugin newest-file]
//     Folder = /srv/backup

import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { gather } from 'pocketstats/gather'

export default gather({
  title: 'newest file',
  help: 'Age of the newest file in a folder.',
  unit: 's',
  min: 0,
  every: 10,
  series: ['age'],
  options: { Folder: { default: '/var/log', help: 'Which folder.' } },
  alerts: [{ above: 2 * 86_400, text: 'The last backup is two days old.' }],
  async read(_machine, { Folder }) {
    const names = await readdir(Folder)
    const times = await Promise.all(names.map(async (name) => (await stat(join(Folder, name))).mtimeMs))
    return { age: Math.max(0, Math.round((Date.now() - Math.max(...times)) / 1000)) }
  },
})
