// The guide to the built-in gathers is written from what they say of themselves, so that it cannot be wrong for long: a
// test holds docs/gathers.md against it. `npm run docs` writes it anew.

import type { Gather } from './gather.ts'
import { type OptionWords, optionText } from './gather-options.ts'

/** A gather with what the guide says besides: its file's name without the ending, and the words that the file opens with. */
export interface GuidedGather {
  readonly name: string
  readonly stem: string
  readonly opening: string
  readonly gather: Gather
}

/** The guide as Markdown; gathers in the order of their cards. */
export function gatherGuide(gathers: readonly GuidedGather[]): string {
  const rows = gathers.map(
    ({ name, stem, gather }) =>
      `| [${name}](#${anchor(name)}) | \`${stem}\` | ${shownUnit(gather)} | ${interval(gather)} |`,
  )
  return `${introduction}
| category | name in settings | unit | read |
|---|---|---|---|
${rows.join('\n')}

${gathers.map(chapter).join('\n')}`
}

const introduction = `<!-- Written by \`npm run docs\` from generator/gathers/: change the gathers, not this page. -->

# The built-in gathers

What Pocketstats measures without being told. A gather that finds nothing of its kind on the machine is silent and has no
card. \`DisabledGathers\` in \`settings.conf\` leaves gathers out, by their names in settings; options of a gather stand there
in a section of its own, such as \`[Gather ping]\`, or in the environment, such as \`POCKETSTATS_GATHER_PING_HOSTS\`.
[plugins.md](plugins.md) says how to add one of your own.
`

function chapter({ name, stem, opening, gather }: GuidedGather): string {
  const { help, series, each, options, alerts } = gather
  const labels = series ? `Series: ${series.join(', ')}.` : `One series for each ${each}.`
  const facts = [
    labels,
    limits(gather),
    gather.graph ? '' : 'Rows with bars, no graph.',
    interval(gather, 'Read '),
  ]
  const parts = [
    `## ${name}`,
    help,
    facts.filter((fact) => fact !== '').join(' '),
    opening,
    Object.keys(options).length > 0 ? optionTable(stem, options) : '',
    alerts.length > 0 ? `Worth an alert: ${alerts.map(alertWords).join(' ')}` : '',
  ]
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`
}

const optionTable = (stem: string, options: Readonly<Record<string, OptionWords>>): string =>
  [
    `| option in \`[Gather ${stem}]\` | default | meaning |`,
    '|---|---|---|',
    ...Object.entries(options).map(
      ([name, words]) => `| \`${name}\` | ${optionText(words.default) || 'empty'} | ${words.help} |`,
    ),
  ].join('\n')

function alertWords({ series, above, below, seconds, text }: Gather['alerts'][number]): string {
  const limit = [
    above === undefined ? [] : `above ${above}`,
    below === undefined ? [] : `below ${below}`,
  ].flat()
  const time = seconds ? ` for ${seconds} s` : ''
  return `${series ?? 'any series'} ${limit.join(' or ')}${time}.${text ? ` ${text}` : ''}`
}

function limits({ min, max }: Gather): string {
  if (min !== null && max !== null) return `From ${min} to ${max}.`
  return ''
}

const interval = ({ every }: Gather, before = ''): string => {
  const words = every > 0 ? `every ${every} s` : 'every `Timestep`'
  return before === '' ? words : `${before}${words}.`
}

const shownUnit = ({ unit, kind }: Gather): string => unit || (kind === 'counter' ? '1/s' : 'a number')

/** As Markdown's readers make it of a heading. */
const anchor = (name: string): string =>
  name
    .toLowerCase()
    .replaceAll(/[^\w -]/g, '')
    .replaceAll(' ', '-')
