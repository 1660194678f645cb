// The cards' order as the viewer wants it: pinned ones first, hidden ones away, the others as they were moved.

export interface Arrangement {
  /** Names of categories that stand before all others. */
  readonly pinned: readonly string[]
  readonly hidden: readonly string[]
  /** Names in the order in which they were last moved; what is not among them follows, as the machine names it. */
  readonly order: readonly string[]
}

export const unarranged: Arrangement = { pinned: [], hidden: [], order: [] }

/** The names that are shown, in order. */
export function arranged(names: readonly string[], { pinned, hidden, order }: Arrangement): string[] {
  const rank = (name: string): number => {
    const place = order.indexOf(name)
    const own = place < 0 ? order.length + names.indexOf(name) : place
    return pinned.includes(name) ? own - order.length - names.length : own
  }
  return names.filter((name) => !hidden.includes(name)).sort((a, b) => rank(a) - rank(b))
}

/** Pins a card, or lets it go. */
export const pin = (arrangement: Arrangement, name: string): Arrangement => ({
  ...arrangement,
  pinned: toggled(arrangement.pinned, name),
})

/** Hides a card, or shows it again. */
export const hide = (arrangement: Arrangement, name: string): Arrangement => ({
  ...arrangement,
  hidden: toggled(arrangement.hidden, name),
})

/** Exchanges a card with its neighbour before (-1) or after it (1); the same where there is none of its kind. */
export function move(
  names: readonly string[],
  arrangement: Arrangement,
  name: string,
  step: 1 | -1,
): Arrangement {
  const order = arranged(names, arrangement)
  const place = order.indexOf(name)
  const other = order[place + step]
  const { pinned } = arrangement
  if (place < 0 || other === undefined || pinned.includes(name) !== pinned.includes(other)) return arrangement
  order[place] = other
  order[place + step] = name
  return { ...arrangement, order }
}

const toggled = (names: readonly string[], name: string): string[] =>
  names.includes(name) ? names.filter((other) => other !== name) : [...names, name]
