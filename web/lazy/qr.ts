// A QR code as a drawing, dark on white in both themes, because cameras expect it.

import { svg, type TemplateResult } from 'lit-html'
import { encode } from 'uqr'

/** The code of `text`; `label` is for those who cannot see it. */
export function qr(text: string, label: string): TemplateResult<2> {
  const { data, size } = encode(text, { border: 3 })
  const path = data.flatMap((row, y) => row.flatMap((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : []))).join('')
  return svg`
    <svg class="qr" viewBox=${`0 0 ${size} ${size}`} role="img" aria-label=${label} shape-rendering="crispEdges">
      <path class="paper" d=${`M0 0h${size}v${size}h-${size}z`} />
      <path d=${path} />
    </svg>
  `
}
