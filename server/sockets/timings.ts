// Timings of one interval: how many, how long in the mean, at most, and for all but the slowest twentieth. Of very many a
// fair sample is kept for the last (Vitter's algorithm R, 1985).

const sampleSize = 4096

export class Timings {
  readonly #sample: number[] = []
  #seen = 0
  #count = 0
  #sum = 0
  #max = Number.NEGATIVE_INFINITY

  /** `rate`: the share of all that its client sends. */
  add(value: number, rate: number): void {
    this.#seen++
    this.#count += 1 / rate
    this.#sum += value / rate
    if (value > this.#max) this.#max = value
    if (this.#sample.length < sampleSize) this.#sample.push(value)
    else {
      const place = Math.floor(Math.random() * this.#seen)
      if (place < sampleSize) this.#sample[place] = value
    }
  }

  /** What was seen in these seconds, by name (nothing where there was none); then it begins anew. */
  take(seconds: number): Record<string, number> {
    if (this.#seen === 0) return {}
    const sorted = this.#sample.sort((a, b) => a - b)
    const taken = {
      mean: this.#sum / this.#count,
      p95: sorted[Math.ceil(sorted.length * 0.95) - 1] ?? this.#max,
      max: this.#max,
      'per second': this.#count / seconds,
    }
    this.#sample.length = 0
    this.#seen = this.#count = this.#sum = 0
    this.#max = Number.NEGATIVE_INFINITY
    return taken
  }
}
