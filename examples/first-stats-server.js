// A function of the first StatsServer, as it was: categories filled by createCategory and createCategoryEntry.

import { availableParallelism, freemem, loadavg, totalmem } from 'node:os'
import { createCategory, createCategoryEntry } from 'pocketstats/stats-server'

export default function gather(data) {
  data['my machine'] = createCategory()
  data['my machine'].entries.load = createCategoryEntry(loadavg()[0], '', 0, availableParallelism())
  data['my memory'] = createCategory(['nograph'])
  data['my memory'].entries.free = createCategoryEntry(freemem(), 'byte', 0, totalmem())
}
