// A program for tests of copies: appends a point of series a and one of series b every few milliseconds until it is
// killed, and says so after the first. Arguments: file.

import { openStore } from '../../store/open.ts'

const store = openStore({ file: process.argv[2] ?? '' })
let n = 0
setInterval(() => {
  const time = Date.UTC(2026, 5, 1) + n * 1000
  store.append(['a', 'b'].map((label) => ({ project: 'm', category: 'steady', label, time, value: n })))
  if (n++ === 0) console.log('writes')
}, 5)
