// A finger in the upper half of a graph reads values, in the lower half it moves time: nobody guesses that. Until a
// graph was used twice the first one on the screen says so; the line between the halves shows under every finger.

const key = 'pocketstats:halves'

/** Uses after which the words are no longer needed. */
const enough = 2

let hint: HTMLElement | null = null

function uses(): number {
  try {
    return Number(localStorage.getItem(key) ?? 0)
  } catch {
    return enough
  }
}

/** Shows the words over a graph, unless another one has them, nobody has fingers here, or they are known. */
export function hintHalves(root: HTMLElement): void {
  if (hint || uses() >= enough || !matchMedia('(pointer: coarse)').matches) return
  hint = Object.assign(document.createElement('div'), { className: 'graph-hint' })
  for (const text of ['Slide here to read values', 'Slide here to move in time'])
    hint.append(Object.assign(document.createElement('span'), { textContent: text }))
  hint.setAttribute('aria-hidden', 'true')
  root.append(hint)
}

/** Shows the line between the halves while a finger is on a graph; counts it as a use. */
export function showHalves(root: HTMLElement, signal: AbortSignal): void {
  const lift = () => root.classList.remove('held')
  root.addEventListener(
    'pointerdown',
    ({ pointerType }) => {
      if (pointerType === 'mouse') return
      root.classList.add('held')
      if (uses() >= enough) return
      if (uses() + 1 >= enough) hint?.remove()
      try {
        localStorage.setItem(key, String(uses() + 1))
      } catch {
        hint?.remove()
      }
    },
    { signal },
  )
  root.addEventListener('pointerup', lift, { signal })
  root.addEventListener('pointercancel', lift, { signal })
}
