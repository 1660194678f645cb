// What many requests of the same moment ask for is looked up once for all of them: until the event loop has gone round,
// nobody could have seen a difference.

export class ThisTurn<T> {
  readonly #known = new Map<string, T>()
  readonly #find: (key: string) => T
  #isCleared = true

  constructor(find: (key: string) => T) {
    this.#find = find
  }

  get(key: string): T {
    const known = this.#known.get(key)
    if (known !== undefined) return known
    const found = this.#find(key)
    this.#known.set(key, found)
    if (this.#isCleared) {
      this.#isCleared = false
      setImmediate(() => {
        this.#isCleared = true
        this.#known.clear()
      })
    }
    return found
  }
}
