// A canvas that is wider than the window that it shows. While a finger moves the window, the canvas is only shifted
// and stretched, which costs next to nothing and keeps all graphs in step; it gets another picture when its margin is
// used up or when stretching shows.

/** Share of the window beyond each of its edges for which there is room. */
export const widestMargin = 0.25

/** A window that moves gets up to this share of it more on the side that it moves to, and less on the other. */
const mostLead = 0.2

/** A stretch of time (ms). */
export interface TimeWindow {
  readonly from: number
  readonly to: number
}

/** Where it lies in the graph, CSS px. */
export interface Box {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

/** What a picture for it has to be: [from, to) over so many device px, `perMs` of them a millisecond. */
export interface Sheet extends TimeWindow {
  /** Length (ms) of the window itself. */
  readonly span: number
  readonly width: number
  readonly height: number
  readonly perMs: number
  readonly pixelRatio: number
}

export class SlidingCanvas {
  readonly #area: HTMLElement
  readonly #canvas: HTMLCanvasElement
  readonly #ctx: ImageBitmapRenderingContext
  #box: Box = { left: 0, top: 0, width: 1, height: 1 }
  #pixelRatio = 1
  #drawn: (TimeWindow & { span: number }) | null = null
  /** The window of the last sheet. */
  #asked: { from: number; span: number } | null = null
  #shown = 1
  #width = 0
  #height = 0

  constructor(root: HTMLElement, className: string) {
    this.#area = Object.assign(document.createElement('div'), { className: `graph-sliding ${className}` })
    this.#canvas = document.createElement('canvas')
    this.#canvas.setAttribute('aria-hidden', 'true')
    this.#area.append(this.#canvas)
    root.append(this.#area)
    const ctx = this.#canvas.getContext('bitmaprenderer')
    if (!ctx) throw new Error('this browser draws no canvas')
    this.#ctx = ctx
  }

  /** Takes its place; what was drawn is void. */
  resize(box: Box, pixelRatio: number): void {
    this.#box = box
    this.#pixelRatio = pixelRatio
    this.free()
    const { style } = this.#area
    style.left = `${box.left}px`
    style.top = `${box.top}px`
    style.width = `${box.width * this.#shown}px`
    style.height = `${box.height}px`
    this.#width = Math.max(1, Math.round(box.width * (1 + 2 * widestMargin) * pixelRatio))
    this.#height = Math.max(1, Math.round(box.height * pixelRatio))
    this.#canvas.width = this.#width
    this.#canvas.height = this.#height
    this.#canvas.style.width = `${this.#width / pixelRatio}px`
    this.#canvas.style.height = `${this.#height / pixelRatio}px`
  }

  /** Gives its memory back; it has to be resized before there is a sheet for it again. */
  free(): void {
    this.#drawn = null
    this.#width = 0
    this.#canvas.width = 0
    this.#ctx.transferFromImageBitmap(null)
  }

  get isFree(): boolean {
    return this.#width === 0
  }

  /**
   * The sheet for a window, and `margin` (share of the window, up to the widest) beyond each of its edges. A window that
   * was moved since the last one, and not stretched, is expected to go on.
   */
  sheet({ from, to }: TimeWindow, margin: number): Sheet {
    const span = to - from
    const moved = this.#asked?.span === span ? (from - this.#asked.from) / span : 0
    this.#asked = { from, span }
    const lead = Math.min(Math.max(moved, -1), 1) * Math.min(mostLead, margin)
    const pixelRatio = this.#pixelRatio
    const perMs = (this.#box.width / span) * pixelRatio
    const size = { width: this.#width, height: this.#height }
    return {
      span,
      from: from - (margin - lead) * span,
      to: to + (margin + lead) * span,
      ...size,
      perMs,
      pixelRatio,
    }
  }

  /** Takes the picture of a sheet; false when it has another size by now. */
  take({ from, to, span, width, height }: Sheet, picture: ImageBitmap): boolean {
    if (width !== this.#width || height !== this.#height) {
      picture.close()
      return false
    }
    this.#ctx.transferFromImageBitmap(picture)
    this.#drawn = { from, to, span }
    return true
  }

  /**
   * Shifts and stretches what was drawn to where the window needs it. Returns the stretch; null when it was never
   * drawn or does not reach over the window.
   */
  place({ from, to }: TimeWindow): number | null {
    const drawn = this.#drawn
    if (!drawn) return null
    const stretch = drawn.span / (to - from)
    const shift = ((drawn.from - from) / (to - from)) * this.#box.width
    // Unstretched on whole device pixels, so that it is as sharp as it was drawn.
    const x = stretch === 1 ? Math.round(shift * this.#pixelRatio) / this.#pixelRatio : shift
    this.#canvas.style.transform =
      stretch === 1 ? `translateX(${x}px)` : `translateX(${x}px) scaleX(${stretch})`
    return drawn.from <= from && drawn.to >= to ? stretch : null
  }

  /** Shows only this share of the window, from its left edge. */
  reveal(share: number): void {
    if (share === this.#shown) return
    this.#shown = share
    this.#area.style.width = `${this.#box.width * share}px`
  }
}
