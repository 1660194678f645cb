// A canvas knows no CSS: the colours and the font of a graph are read from the custom properties of its element.

import { fontSize } from './font-size.ts'

export interface GraphTheme {
  readonly grid: string
  readonly text: string
  readonly limit: string
  readonly bandOpacity: number
  /** For `CanvasRenderingContext2D.font`. */
  readonly font: string
  readonly family: string
}

/** The colour that CSS makes of `css` at `element`: a canvas understands neither `var(…)` nor `light-dark(…)`. */
export function resolveColor(element: Element, css: string): string {
  const probe = document.createElement('i')
  probe.style.color = css
  element.append(probe)
  const { color } = getComputedStyle(probe)
  probe.remove()
  return color
}

/** Reads `--graph-grid`, `--graph-text`, `--graph-limit` and `--graph-band-opacity` as they are at `element`. */
export function readTheme(element: Element): GraphTheme {
  const style = getComputedStyle(element)
  const family = style.fontFamily || 'sans-serif'
  const read = (name: string, otherwise: string) => style.getPropertyValue(name).trim() || otherwise
  return {
    grid: read('--graph-grid', 'rgb(128 128 128 / 0.18)'),
    text: read('--graph-text', style.color || 'gray'),
    limit: read('--graph-limit', 'rgb(128 128 128 / 0.7)'),
    bandOpacity: Number(read('--graph-band-opacity', '0.18')) || 0.18,
    font: `${fontSize}px ${family}`,
    family,
  }
}
