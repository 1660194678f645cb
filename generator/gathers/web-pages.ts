// How long web pages that people name take to come.

import { gather } from '../gather.ts'
import { fetchAll } from '../sources/web-pages.ts'

export default gather({
  order: 17,
  help: 'Time until the last byte of each page, over a new connection; a gap where it did not come.',
  unit: 's',
  min: 0,
  every: 30,
  each: 'page',
  options: {
    Urls: { default: [], help: 'Addresses of pages, such as https://example.org/, separated by commas.' },
  },
  async read(machine, { Urls }) {
    if (Urls.length === 0) return null
    const answers = await fetchAll(machine, Urls)
    return Object.fromEntries(answers.map(({ label, seconds }) => [label, { value: seconds }]))
  },
})
