// A Prometheus exporter that is asked for its numbers: `[Scrape NAME] Url = http://…/metrics, Keep = …, Every = 10s`.

import { nearest } from '../../common/nearest.ts'
import { duration } from '../../common/setting-kinds.ts'
import { type NamedSettings, namedTexts } from '../../common/settings-named.ts'
import { fetchText } from '../outside/fetch-text.ts'
import { readPrometheus } from './formats/prometheus.ts'
import { noWords } from './measured.ts'
import type { Opened } from './open-plugin.ts'

const names = ['Url', 'Keep', 'Every']
const interval = duration(10, { least: 0.1, most: 86_400 })
const longestTimeoutMs = 10_000
const mostBytes = 4 << 20

/** Throws in words for people for what cannot be scraped. */
export function openScrape(name: string, settings: NamedSettings): Opened & { url: string } {
  const texts = namedTexts(settings, 'Scrape', name, names)
  const given = (key: string): string | undefined =>
    Object.entries(texts).find(([one]) => one.toLowerCase() === key.toLowerCase())?.[1]
  const unknown = Object.keys(texts).find(
    (key) => !names.some((one) => one.toLowerCase() === key.toLowerCase()),
  )
  if (unknown !== undefined) throw new Error(wordsForUnknown(unknown))
  const [url = '', keep = '', every] = names.map(given)
  if (!/^https?:\/\/\S+$/.test(url))
    throw new Error(`Url = ${url}: expected the address of an exporter, http://…`)
  const seconds = every === undefined ? interval.default : interval.parse(every)
  if (seconds === undefined) throw new Error(`Every = ${every}: expected ${interval.expected}`)
  const isKept = keeper(keep)
  const timeoutMs = Math.min(seconds * 1000, longestTimeoutMs)
  return {
    ...{ name, url, mistake: null, backsOff: true },
    words: { ...noWords, help: `What ${new URL(url).host} exports.`, every: seconds },
    source: {
      async read() {
        const { status, text } = await fetchText(url, {
          timeoutMs,
          mostBytes,
          headers: { Accept: 'text/plain' },
        })
        if (status !== 200) throw new Error(`${url}: answered with status ${status}`)
        return readPrometheus(text, isKept)
      },
      close: async () => {},
    },
  }
}

/** Names of metrics, with * for any part; without a word all are kept. */
function keeper(keep: string): (metric: string) => boolean {
  const words = keep.split(/[\s,]+/).filter((word) => word !== '')
  if (words.length === 0) return () => true
  const patterns = words.map(
    (word) => new RegExp(`^${word.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')}$`),
  )
  return (metric) => patterns.some((pattern) => pattern.test(metric))
}

function wordsForUnknown(key: string): string {
  const meant = nearest(key, names)
  return `settings.conf: unknown option "${key}"; ${meant ? `did you mean "${meant}"?` : `known are ${names.join(', ')}`}`
}
