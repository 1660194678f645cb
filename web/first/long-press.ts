// A long press on something inside an element, by finger or pressed mouse button; what follows it is no click.

/** So long (ms) is long, and a finger that moves by more (px) scrolls. */
const longMs = 500
const slop = 10

/** Calls `act` with what was pressed, if `pick` finds something of it. */
export function onLongPress<T>(
  element: HTMLElement,
  pick: (target: Element) => T | null,
  act: (picked: T) => void,
): void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let start: PointerEvent | null = null
  let done = false
  const end = (): void => {
    clearTimeout(timer)
    start = null
  }
  element.addEventListener('pointerdown', (event) => {
    end()
    done = false
    const picked = event.button === 0 && event.target instanceof Element ? pick(event.target) : null
    if (picked === null) return
    start = event
    timer = setTimeout(() => {
      done = true
      act(picked)
    }, longMs)
  })
  element.addEventListener('pointermove', ({ clientX, clientY }) => {
    if (start && Math.hypot(clientX - start.clientX, clientY - start.clientY) > slop) end()
  })
  for (const type of ['pointerup', 'pointercancel', 'pointerleave'] as const)
    element.addEventListener(type, end)
  element.addEventListener('contextmenu', (event) => (start || done) && event.preventDefault())
  const swallow = (event: MouseEvent): void => {
    if (!done || event.detail === 0) return
    done = false
    event.stopPropagation()
    event.preventDefault()
  }
  element.addEventListener('click', swallow, { capture: true })
}
