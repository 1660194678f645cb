// Two sensors of the same name must not become one series.

/** The labels with " 2", " 3" … behind every further one of the same name, in the order given. */
export function uniqueLabels(labels: readonly string[]): string[] {
  const taken = new Set<string>()
  return labels.map((label) => {
    let unique = label
    for (let n = 2; taken.has(unique); n++) unique = `${label} ${n}`
    taken.add(unique)
    return unique
  })
}
