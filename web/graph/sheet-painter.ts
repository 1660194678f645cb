// Has sheets painted by another thread; by this one where no other can be had.

import { paintBitmap, type SheetJob } from './paint-sheet.ts'

interface Asked {
  job: SheetJob
  done: (bitmap: ImageBitmap) => void
}

class SheetPainter {
  readonly #asked = new Map<number, Asked>()
  #worker: Worker | null = null
  #last = 0

  constructor() {
    try {
      this.#worker = new Worker(new URL('./paint-worker.ts', import.meta.url), { type: 'module' })
    } catch {
      return
    }
    this.#worker.addEventListener(
      'message',
      ({ data: [id, bitmap] }: MessageEvent<[number, ImageBitmap]>) => {
        const asked = this.#asked.get(id)
        this.#asked.delete(id)
        asked?.done(bitmap)
      },
    )
    // Its file could not be loaded, or it failed: what it still owes is painted here, and all that follows.
    this.#worker.addEventListener('error', () => {
      this.#worker?.terminate()
      this.#worker = null
      for (const { job, done } of this.#asked.values()) done(paintBitmap(job))
      this.#asked.clear()
    })
  }

  /** Paints a job and calls `done` with the bitmap, later. */
  paint(job: SheetJob, done: (bitmap: ImageBitmap) => void): void {
    if (!this.#worker) {
      queueMicrotask(() => done(paintBitmap(job)))
      return
    }
    const id = ++this.#last
    this.#asked.set(id, { job, done })
    this.#worker.postMessage([id, job])
  }
}

/** The page's own: all graphs share one thread. */
export const sheetPainter = new SheetPainter()
