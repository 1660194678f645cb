// What an nginx is doing, by its own page of numbers.
// https://nginx.org/en/docs/http/ngx_http_stub_status_module.html

import { gather } from '../gather.ts'

const format =
  /^Active connections: (\d+)\s+server accepts handled requests\s+(\d+) (\d+) (\d+)\s+Reading: (\d+) Writing: (\d+) Waiting: (\d+)/

export default gather({
  title: 'nginx',
  order: 19,
  help: 'Connections of nginx by what they are at, and what it serves a second.',
  unit: '',
  min: 0,
  every: 5,
  each: 'count',
  options: {
    Url: { default: '', help: 'Address of its stub_status page, such as http://127.0.0.1/nginx_status.' },
  },
  async read(machine, { Url }) {
    if (Url === '') return null
    const { status, text } = await machine.fetch(Url)
    const [, active, accepted, handled, requests, reading, writing, waiting] = (format.exec(text) ?? []).map(
      Number,
    )
    if (status !== 200 || accepted === undefined || handled === undefined) {
      throw new Error(`${Url}: answered with ${status}, and not with nginx's stub_status`)
    }
    const rate = (value = 0) => ({ value, kind: 'counter', unit: '1/s' }) as const
    return {
      active: active ?? 0,
      reading: reading ?? 0,
      // Its answer to us is one of them.
      writing: Math.max(0, (writing ?? 0) - 1),
      waiting: waiting ?? 0,
      requests: rate(requests),
      'connections accepted': rate(accepted),
      'connections refused': rate(accepted - handled),
    }
  },
})
