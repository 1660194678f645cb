// A source that speaks by itself: lines that come to a log, counted when they come. `watch` instead of `read`.
//
//     [Plugin log-lines]
//     File = /var/log/nginx/error.log

import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { gather } from 'pocketstats/gather'

export default gather({
  title: 'log lines',
  help: 'Lines a second that come to a log, and those of them that speak of an error.',
  unit: '1/s',
  kind: 'counter',
  min: 0,
  series: ['lines', 'errors'],
  options: { File: { default: '/var/log/syslog', help: 'Which log.' } },
  async *watch(_machine, { File }, signal) {
    const tail = spawn('tail', ['-n', '0', '-F', File], { signal, stdio: ['ignore', 'pipe', 'ignore'] })
    tail.on('error', () => {})
    let [lines, errors] = [0, 0]
    yield { lines, errors }
    for await (const line of createInterface(tail.stdout)) {
      lines += 1
      if (/error|fail/i.test(line)) errors += 1
      yield { lines, errors }
    }
  },
})
