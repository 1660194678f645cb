// A program for tests of several processes: opens both databases at a given moment (ms), as programs that start
// together do, and says what it found. Arguments: folder, moment.

import { join } from 'node:path'
import { openAppStore } from '../../store/app.ts'
import { openStore } from '../../store/open.ts'

const [folder = '', moment = '0'] = process.argv.slice(2)
while (Date.now() < Number(moment)) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1)
const store = openStore({ file: join(folder, 'data.db') })
const app = openAppStore({ file: join(folder, 'app.db') })
console.log(JSON.stringify({ projects: store.projects(), machine: app.machineProject('box').id }))
store.close()
app.close()
