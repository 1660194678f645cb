// Reads server-sent events as a browser does, from any body, and waits for those that a test asks for.

export interface ReceivedEvent {
  event: string
  id: string
  data: unknown
}

export class EventReader {
  /** All events so far. */
  readonly events: ReceivedEvent[] = []
  /** The whole text so far. */
  text = ''
  lastEventId = ''
  ended = false
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>
  readonly #waiting = new Set<() => void>()
  #rest = ''

  constructor(response: Response) {
    if (!response.body) throw new Error('no body to read events from')
    this.#reader = response.body.getReader()
    void this.#read()
  }

  /** The first event of this name, as soon as it is there; `after` events from the beginning are passed over. */
  async next(name: string, after = 0): Promise<ReceivedEvent> {
    const found = () => this.events.slice(after).find(({ event }) => event === name)
    await this.until(() => found() !== undefined, `an event ${name}`)
    return found() ?? { event: name, id: '', data: null }
  }

  /** Waits until something is so; throws after fifteen seconds, or when the stream ended before. */
  async until(isSo: () => boolean, what: string): Promise<void> {
    const deadline = Date.now() + 15_000
    while (!isSo()) {
      const leftMs = deadline - Date.now()
      if (this.ended || leftMs <= 0) throw new Error(`${what} did not come; there was: ${this.text}`)
      await this.#change(leftMs)
    }
  }

  cancel(): Promise<void> {
    return this.#reader.cancel()
  }

  async #read(): Promise<void> {
    const decoder = new TextDecoder()
    try {
      for (;;) {
        const { done, value } = await this.#reader.read()
        if (done) break
        this.#take(decoder.decode(value, { stream: true }))
      }
    } catch {
      // The connection was cut.
    }
    this.ended = true
    this.#notify()
  }

  #take(text: string): void {
    this.text += text
    const parts = (this.#rest + text).split('\n\n')
    this.#rest = parts.pop() ?? ''
    for (const part of parts) this.#takeEvent(part)
    this.#notify()
  }

  #takeEvent(part: string): void {
    const field = (name: string) =>
      part
        .split('\n')
        .find((line) => line.startsWith(`${name}: `))
        ?.slice(name.length + 2)
    this.lastEventId = field('id') ?? this.lastEventId
    const data = field('data')
    if (data === undefined) return
    this.events.push({ event: field('event') ?? 'message', id: this.lastEventId, data: JSON.parse(data) })
  }

  #change(timeoutMs: number): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer)
        this.#waiting.delete(done)
        resolve()
      }
      const timer = setTimeout(done, timeoutMs)
      this.#waiting.add(done)
    })
  }

  #notify(): void {
    for (const wake of [...this.#waiting]) wake()
  }
}
