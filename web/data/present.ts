// The present by the server's clock, which stamps the points; a phone's own clock may be minutes away from it.

/** Two clocks that differ by less (ms) are taken for the same: the way of an answer alone takes some of it. */
const sameMs = 400

export class Present {
  #offsetMs = 0

  /** Tells what the server's clock says now (ms). */
  learn(serverNow: number): void {
    const offset = serverNow - Date.now()
    if (Math.abs(offset - this.#offsetMs) > sameMs) this.#offsetMs = Math.abs(offset) > sameMs ? offset : 0
  }

  /** The server's clock (ms). */
  now(): number {
    return Date.now() + this.#offsetMs
  }
}
