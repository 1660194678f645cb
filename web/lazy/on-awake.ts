// A phone that slept, or changed its network, has connections that look alive and are not; not every browser tells
// of it. Whatever hints at it is taken for it: opening a stream anew costs a few hundred bytes.

const tickMs = 1000
/** A clock that is this much (ms) later than its ticks say has slept. */
const sleptMs = 3000

/** Calls `act` after a sleep, and when the network is back or another one. */
export function onAwake(act: () => void): void {
  const ifSeen = (): void => {
    if (!document.hidden) act()
  }
  addEventListener('online', ifSeen)
  document.addEventListener('resume', ifSeen)
  addEventListener('pageshow', ({ persisted }) => persisted && ifSeen())
  const { connection } = navigator as { connection?: EventTarget }
  connection?.addEventListener('change', ifSeen)

  let ticked = Date.now()
  setInterval(() => {
    const now = Date.now()
    const slept = now - ticked > tickMs + sleptMs
    ticked = now
    if (slept) ifSeen()
  }, tickMs)
  // The stream was closed while the page was hidden; timers stood still or went slowly.
  document.addEventListener('visibilitychange', () => {
    ticked = Date.now()
  })
}
