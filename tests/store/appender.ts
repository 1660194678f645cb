// A program for tests of several processes: appends rounds of three series and writes each round's number to
// standard output once the store has acknowledged it. Arguments: file, category, first number, count.

import { writeSync } from 'node:fs'
import { openStore } from '../../store/open.ts'

const [file = '', category = '', first = '0', count = 'Infinity'] = process.argv.slice(2)
const store = openStore({ file })
for (let n = Number(first); n < Number(first) + Number(count); n++) {
  store.append(
    ['a', 'b', 'c'].map((label) => ({ project: 'm', category, label, time: n * 1000, value: n + 0.5 })),
  )
  writeSync(1, `${n}\n`)
}
store.close()
