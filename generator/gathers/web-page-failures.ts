// How often the pages of the gather `web-pages` do not come, or come as an error.

import { gather } from '../gather.ts'
import { newestAnswers } from '../sources/web-pages.ts'

export default gather({
  order: 18,
  help: 'Pages that did not come within 5 s or came as an error: 100 % or 0 % each time, over longer times their share.',
  unit: '%',
  min: 0,
  max: 100,
  every: 30,
  each: 'page',
  alerts: [{ above: 50, seconds: 60, text: 'A web page does not come.' }],
  async read(machine) {
    const answers = await newestAnswers(machine)
    return answers && Object.fromEntries(answers.map(({ label, isGood }) => [label, isGood ? 0 : 100]))
  },
})
