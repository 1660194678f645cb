// A program for tests of a full disk: appends until the file may not grow, says how it was refused and what it
// had acknowledged, then reads. Arguments: file.

import { Problem } from '../../common/problem.ts'
import { openStore } from '../../store/open.ts'

const store = openStore({ file: process.argv[2] ?? '' })
let acknowledged = 0
try {
  for (; acknowledged < 100_000; acknowledged++) {
    const labels = Array.from({ length: 50 }, (_, i) => `series ${i}`)
    store.append(
      labels.map((label) => ({ project: 'm', category: 'foo', label, time: acknowledged * 1000, value: 1 })),
    )
  }
} catch (error) {
  const refused = error instanceof Problem ? { code: error.code, message: error.message } : String(error)
  console.log(JSON.stringify({ acknowledged, refused, latest: store.latest('m')[0]?.time }))
}
