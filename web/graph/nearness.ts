// How near an element is to the screen, so that what nobody sees costs nothing, and what is about to be scrolled into
// sight is drawn already.

export type Nearness = 'far' | 'near' | 'seen'

type Listener = (nearness: Nearness) => void

interface Watched {
  near: boolean
  seen: boolean
  listener: Listener
}

const watched = new WeakMap<Element, Watched>()

const observe = (
  rootMargin: string,
  note: (entry: Watched, intersects: boolean) => void,
): IntersectionObserver =>
  new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        const entry = watched.get(target)
        if (!entry) continue
        note(entry, isIntersecting)
        entry.listener(entry.seen ? 'seen' : entry.near ? 'near' : 'far')
      }
    },
    { rootMargin },
  )

let observers: readonly IntersectionObserver[] | undefined

/** Tells `listener` how near `element` is, now and whenever it changes; returns the way to stop. */
export function watchNearness(element: Element, listener: Listener): () => void {
  observers ??= [
    observe('0px', (entry, intersects) => {
      entry.seen = intersects
    }),
    observe('25%', (entry, intersects) => {
      entry.near = intersects
    }),
  ]
  watched.set(element, { near: false, seen: false, listener })
  for (const observer of observers) observer.observe(element)
  return () => {
    for (const observer of observers ?? []) observer.unobserve(element)
    watched.delete(element)
  }
}
