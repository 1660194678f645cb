// What a machine's metrics look like, made up but repeatable: 60 series in 8 categories whose numbers have the
// grain of real ones (percent with one decimal, memory in pages, bursty traffic, sensors in half degrees), so that
// bytes per point and query times mean something.

export interface RealisticCategory {
  readonly name: string
  readonly labels: readonly string[]
}

/** Yields the next value of one series; `busy` is the machine's load of the moment, 0 to 1. */
type Source = (busy: number, second: number, stepSeconds: number) => number

/** Uniform in [0, 1), from a seed (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

const clamp = (value: number, least: number, most: number): number => Math.min(Math.max(value, least), most)
const decimals = (value: number, digits: number): number => Number(value.toFixed(digits))

/** A machine; every call of `next` advances it by one step and returns a value per series. */
export class RealisticMachine {
  readonly categories: readonly RealisticCategory[]
  /** Values of all categories' series, in order; the same array at every call. */
  readonly values: Float64Array
  readonly #sources: Source[] = []
  readonly #random: () => number
  #busy = 0.1
  #wanted = 0.1
  #second = 0

  constructor(seed = 1) {
    this.#random = randomFrom(seed)
    this.categories = [
      this.#category('processors', ['all', ...numbered('core', 8)], (i) => this.#processor(i)),
      this.#category('load', ['1 min', '5 min', '15 min'], (i) => this.#load([60, 300, 900][i] ?? 60)),
      this.#category('memory', ['used', 'cached', 'buffers', 'shared', 'dirty', 'swap'], (i) =>
        this.#memory(i),
      ),
      this.#category('temperatures', numbered('sensor', 9), (i) => this.#temperature(i)),
      this.#category('network', rates(['eth0', 'wlan0', 'docker0', 'lo'], 'received', 'sent'), (i) =>
        this.#traffic(i),
      ),
      this.#category('disk', rates(['sda', 'sdb', 'nvme0', 'nvme1'], 'read', 'written'), (i) =>
        this.#disk(i),
      ),
      this.#category('storage', numbered('mount', 7), (i) => this.#mount(i)),
      this.#category('system', numbered('fact', 10), (i) => this.#fact(i)),
    ]
    this.values = new Float64Array(this.#sources.length)
  }

  next(stepSeconds: number): Float64Array {
    this.#second += stepSeconds
    if (this.#random() < 0.01 * stepSeconds) this.#wanted = this.#random() ** 3
    this.#busy += (this.#wanted - this.#busy) * (1 - 0.7 ** stepSeconds)
    for (let i = 0; i < this.#sources.length; i++) {
      this.values[i] = this.#sources[i]?.(this.#busy, this.#second, stepSeconds) ?? 0
    }
    return this.values
  }

  #category(name: string, labels: string[], source: (index: number) => Source): RealisticCategory {
    for (let i = 0; i < labels.length; i++) this.#sources.push(source(i))
    return { name, labels }
  }

  #normal(): number {
    return Math.sqrt(-2 * Math.log(1 - this.#random())) * Math.cos(2 * Math.PI * this.#random())
  }

  #processor(index: number): Source {
    const weight = index === 0 ? 1 : 0.5 + this.#random()
    const noise = index === 0 ? 2 : 6
    return (busy) =>
      decimals(
        clamp(busy * 80 * weight * (1 + 0.2 * this.#normal()) + Math.abs(this.#normal()) * noise, 0, 100),
        1,
      )
  }

  #load(seconds: number): Source {
    let load = 0.5
    return (busy, second, step) => {
      if (second % 5 < step) load += (busy * 8 - load) * (1 - Math.exp(-Math.max(5, step) / seconds))
      return decimals(load, 2)
    }
  }

  #memory(index: number): Source {
    let pages = [900_000, 1_800_000, 60_000, 12_000, 300, 2_000][index] ?? 0
    const restless = [300, 120, 20, 5, 100, 0.5][index] ?? 0
    return (busy, _, step) => {
      const drift = this.#normal() * restless * Math.sqrt(step) * (0.3 + busy)
      if (this.#random() < restless * step) pages = Math.max(0, pages + Math.round(drift))
      return pages * 4096
    }
  }

  #temperature(index: number): Source {
    let degrees = 38 + index * 2
    return (busy, _, step) => {
      degrees +=
        (38 + index * 2 + busy * 25 - degrees) * (1 - 0.97 ** step) + this.#normal() * 0.35 * Math.sqrt(step)
      return Math.round(degrees * 2) / 2
    }
  }

  #traffic(index: number): Source {
    const quiet = [0, 0, 0, 0, 0.4, 0.4, 0, 0][index] ?? 0.5
    let burst = 0
    return (busy, _, step) => {
      if (this.#random() < 0.02 * step) burst = this.#random() ** 4 * 2e6 * (0.2 + busy)
      burst *= 0.8 ** step
      const packets = this.#random() < quiet ? 0 : Math.round(this.#random() ** 3 * 60_000)
      return Math.round(burst < 100 ? packets : burst * (1 + 0.2 * this.#normal()) + packets)
    }
  }

  #disk(index: number): Source {
    const active = [0.3, 0.7, 0.05, 0.2, 0.3, 0.8, 0.02, 0.1][index] ?? 0
    return (busy) => {
      if (this.#random() >= active * (0.4 + busy)) return 0
      return Math.ceil(this.#random() ** 4 * 800) * 4096
    }
  }

  #mount(index: number): Source {
    let blocks = 2_000_000 * (index + 1)
    const changing = [0.4, 0.1, 0.02, 0.01, 0, 0, 0][index] ?? 0
    return (_busy, _second, step) => {
      if (this.#random() < changing * step) blocks += Math.round(this.#normal() * 6 + 1)
      return blocks * 4096
    }
  }

  #fact(index: number): Source {
    let value = [240, 900, 3, 1, 16, 4_096, 0, 4, 1, 60][index] ?? 0
    if (index === 0 || index === 1) {
      return (_busy, _second, step) => {
        if (this.#random() < 0.5 * step) value += Math.round(this.#normal() * (index + 2))
        return value
      }
    }
    if (index === 2) return (_busy, second) => second
    return () => value
  }
}

const numbered = (word: string, count: number): string[] =>
  Array.from({ length: count }, (_, i) => `${word} ${i + 1}`)

const rates = (devices: string[], one: string, other: string): string[] =>
  devices.flatMap((device) => [`${device} ${one}`, `${device} ${other}`])
