// Several gathers of one round make something of the same table of the kernel: it is taken apart once.

/** `parse` that remembers the newest text and what came of it; what it answers is not to be changed. */
export function parsedOnce<T>(parse: (text: string) => T): (text: string) => T {
  let newest: { readonly text: string; readonly result: T } | undefined
  return (text) => {
    if (newest?.text !== text) newest = { text, result: parse(text) }
    return newest.result
  }
}
