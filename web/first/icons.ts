// The few signs of the screen as drawings of lines; they take the colour of the text around them.

import { html, svg, type TemplateResult } from 'lit-html'

const icon = (paths: TemplateResult<2>): TemplateResult =>
  html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">${paths}</svg>`

export const icons = {
  down: icon(svg`<path d="m6 9 6 6 6-6" />`),
  refresh: icon(svg`<path d="M20 11a8 8 0 1 0-.6 4.2" /><path d="M20.5 4.5V11H14" />`),
  menu: icon(
    svg`<path d="M4 7h9m5 0h2M4 17h2m5 0h9" /><circle cx="15.5" cy="7" r="2.5" /><circle cx="8.5" cy="17" r="2.5" />`,
  ),
  close: icon(svg`<path d="m6 6 12 12M18 6 6 18" />`),
  check: icon(svg`<path d="m5 12.5 4.5 4.5L19 7.5" />`),
  more: icon(svg`<path d="M5 12h.01M12 12h.01M19 12h.01" stroke-width="3" />`),
  share: icon(svg`<path d="M12 15V4m-4 4 4-4 4 4M6 12v8h12v-8" />`),
  spikeBefore: icon(svg`<path d="m7 8-4 4 4 4M10 17h2l3-11 3 11h3" />`),
  spikeAfter: icon(svg`<path d="m17 8 4 4-4 4M3 17h3l3-11 3 11h2" />`),
  forward: icon(svg`<path d="m9 6 6 6-6 6" />`),
}
