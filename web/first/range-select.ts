// The drop-down of time ranges. It shows the present range, also one that a pinch has left behind.

import { describeSpan, ranges } from '../view/ranges.ts'
import type { View } from '../view/view.ts'

/** A list is costly to change: under the fingers it follows this often (ms). */
const whileHeldMs = 1000

/** Makes `select` show the view's range and set it. */
export function bindRangeSelect(select: HTMLSelectElement, view: View): void {
  for (const { ms, label } of ranges) select.add(new Option(label, String(ms)))
  const odd = new Option()
  let shown = 0
  let notBefore = 0
  const show = (): void => {
    const span = view.state.to - view.state.from
    const now = performance.now()
    if (span === shown || (view.held && now < notBefore)) return
    shown = span
    notBefore = now + whileHeldMs
    const label = describeSpan(span)
    const listed = ranges.find((range) => range.label === label)
    if (listed) odd.remove()
    else {
      odd.label = odd.text = `≈ ${label}`
      odd.value = String(span)
      if (!odd.isConnected) select.add(odd, 0)
    }
    select.value = String(listed?.ms ?? span)
  }
  view.subscribe(show)
  show()
  select.addEventListener('change', () => chooseRange(view, Number(select.value)))
}

/** Shows `span` ms: up to the present when live, else around the cursor or the middle of what was seen. */
export function chooseRange(view: View, span: number): void {
  const { from, to, live, cursor } = view.state
  if (live) view.show(view.now - span, view.now)
  else view.zoom(span / (to - from), cursor ?? (from + to) / 2)
}
