// How our processes are started so that they stay small: V8 and the C library are made for throughput on large machines
// and let memory lie that a process on a small computer should give back.

/**
 * Options of Node: a small young generation, an old one that grows in small steps, one compiler fewer (its code and
 * what it reads cost more memory than its speed is worth here), one thread beside the first, and no forgetting of
 * compiled code that is needed once an hour (which would then take ten milliseconds more). `--optimize-for-size` is not
 * among them: it slows all work and lets single calls of the store stall the clock twice as long.
 */
export const leanOptions: readonly string[] = [
  '--max-semi-space-size=1',
  '--heap-growing-percent=10',
  '--no-maglev',
  '--no-flush-bytecode',
  '--v8-pool-size=1',
]

/**
 * For glibc, ignored elsewhere: one pool of memory for all threads, and a mapping of its own for every array from 8 KiB
 * on, so that those of a column of history go back as soon as they are freed and leave no holes between small things.
 */
export const leanEnvironment = { MALLOC_ARENA_MAX: '1', MALLOC_MMAP_THRESHOLD_: '8192' } as const
