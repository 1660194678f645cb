// A program for tests of several processes: makes databases at given moments, as programs that start together do,
// and says the id of the machine's project in each. Arguments: folder, first moment (ms), count.

import { join } from 'node:path'
import { openAppStore } from '../../store/app.ts'
import { openStore } from '../../store/open.ts'

const [folder = '', first = '0', count = '1'] = process.argv.slice(2)
const everyMs = 80
for (let n = 0; n < Number(count); n++) {
  waitUntil(Number(first) + n * everyMs)
  const app = openAppStore({ file: join(folder, String(n), 'app.db') })
  const store = openStore({ file: join(folder, String(n), 'data.db') })
  console.log(app.machineProject('box').id)
  app.close()
  store.close()
}

function waitUntil(moment: number): void {
  const waitMs = moment - Date.now()
  if (waitMs > 0) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, waitMs)
}
