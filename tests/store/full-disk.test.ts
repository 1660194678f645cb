import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openTemporary, temporaryFile } from './temporary.ts'

test.skipIf(process.platform === 'win32')(
  'append() refuses when the file may not grow and loses nothing',
  () => {
    const file = temporaryFile()
    openTemporary(file)
    const script = join(import.meta.dirname, 'filler.ts')
    // The shell's limit on the size of a file stands for a disk without room; its unit is 512 or 1,024 bytes.
    const output = execFileSync('sh', [
      '-c',
      'ulimit -f 1500; exec "$@"',
      'sh',
      process.execPath,
      script,
      file,
    ])
    const { acknowledged, refused, latest } = JSON.parse(output.toString())
    expect(refused).toEqual({ code: 'unavailable', message: expect.stringContaining(file) })
    expect(refused.message).toMatch(/full/)
    expect(latest).toBe((acknowledged - 1) * 1000)

    const store = openTemporary(file)
    const { series } = store.query({ project: 'm', category: 'foo', from: 0, to: 1e9, buckets: 100 })
    expect(series[49]?.count.reduce((sum, n) => sum + n)).toBe(acknowledged)
    store.append([{ project: 'm', category: 'foo', label: 'series 0', time: acknowledged * 1000, value: 2 }])
    expect(store.latest('m')[0]).toMatchObject({ value: 2 })
  },
)
