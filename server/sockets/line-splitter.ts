// Cuts what a socket brings into lines. A line may come in pieces and many lines in one; what is not whole yet is kept,
// but neither one line nor all together without bound.

const newline = 10

/** Longer lines are no points. */
export const longestLine = 64 * 1024

/** Of unfinished lines of all connections together. */
const mostUnfinished = 32 * 1024 * 1024
let unfinished = 0

export class LineSplitter {
  #rest: Buffer[] = []
  #length = 0

  /** Bytes of a line that is not whole yet. */
  get waiting(): number {
    return this.#length
  }

  /** The lines that are whole now, without their ends; null when the line at hand is too long. */
  push(chunk: Buffer): Buffer[] | null {
    const lines: Buffer[] = []
    let from = 0
    for (let at = chunk.indexOf(newline); at >= 0; at = chunk.indexOf(newline, from)) {
      lines.push(this.#whole(chunk.subarray(from, at)))
      from = at + 1
    }
    if (from < chunk.length) this.#keep(chunk.subarray(from))
    return this.#length > longestLine || unfinished > mostUnfinished ? null : lines
  }

  /** The last line where nothing ended it; always to be called, for it frees what is kept. */
  end(): Buffer {
    return this.#whole(Buffer.alloc(0))
  }

  #whole(end: Buffer): Buffer {
    if (this.#length === 0) return end
    const line = Buffer.concat([...this.#rest, end])
    unfinished -= this.#length
    this.#rest = []
    this.#length = 0
    return line
  }

  /** A copy: a piece of a chunk would keep all of it. */
  #keep(piece: Buffer): void {
    this.#rest.push(Buffer.from(piece))
    this.#length += piece.length
    unfinished += piece.length
  }
}
