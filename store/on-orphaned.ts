// npm passes a SIGTERM on to the shell that it runs a script in, and to nobody else: the shell dies, and what it ran
// would go on for ever, holding its ports. Who was started by npm and loses its parent was told to stop.

/** So soon (ms) it is noticed: whoever stopped npm may start it again at once. */
const lookEveryMs = 200

/**
 * Calls `act` once when this process was started by an npm script and its parent is gone. Nothing is watched where no
 * npm is at work, or where the parent holds a channel to this process, whose `disconnect` tells the same.
 */
export function onOrphaned(act: () => void): void {
  if (process.env.npm_lifecycle_event === undefined || process.connected) return
  const parent = process.ppid
  const timer = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(timer)
    act()
  }, lookEveryMs)
  timer.unref()
}
