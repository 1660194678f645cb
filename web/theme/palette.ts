// Colours of series: eight hues for light and eight for dark, chosen so that any two, and above all the first four,
// stay apart for people with protanopia, deuteranopia or tritanopia, and so that each has at least 3:1 against the
// card. Found by a search in OKLCH with the simulation of Machado, Oliveira and Fernandes (2009).

const light = ['#2557bd', '#d16e0c', '#20a28a', '#91286d', '#6a5a0b', '#15819e', '#9b80d7', '#9e595a']
const dark = ['#76affc', '#e28b47', '#a2e3b5', '#ac78a4', '#d2ba79', '#56ddf6', '#7c83d8', '#d16863']

/** Each further round of eight is this much (0 to 1) nearer to the text's colour; after three it begins again. */
const shades = [0, 0.32, 0.5]

/** CSS colour (#rrggbb) of the series at `index` of its card. */
export function seriesColor(index: number, isDark: boolean): string {
  const hues = isDark ? dark : light
  const hue = hues[index % hues.length] ?? '#808080'
  const shade = shades[Math.floor(index / hues.length) % shades.length] ?? 0
  return mix(hue, isDark ? 255 : 0, shade)
}

/** `color` on its way to a grey level (0 black, 255 white). */
function mix(color: string, level: number, share: number): string {
  const channels = [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16))
  return `#${channels
    .map((channel) =>
      Math.round(channel + (level - channel) * share)
        .toString(16)
        .padStart(2, '0'),
    )
    .join('')}`
}
