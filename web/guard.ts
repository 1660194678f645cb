// The one script that needs no other: when the app could not start, because a part of it is missing on the server or
// in what this device keeps, it says so and offers the way out. Without it people would see grey shapes for ever.
// The app itself takes that way too, by the event `afresh`.

/** The app writes what it shows into the root element as soon as it runs. */
const runs = (): boolean => document.documentElement.dataset.from !== undefined

addEventListener('load', () => {
  if (!runs()) say()
})
addEventListener('afresh', () => void startAfresh())

/** Loads the page anew; without the worker and the files that it keeps, if the server is there to give them again. */
async function startAfresh(): Promise<void> {
  if (await isThere()) await forgetFiles()
  location.reload()
}

/** The worker keeps no page of this name: the server answers, or whoever stands before it. */
async function isThere(): Promise<boolean> {
  try {
    return (await fetch('/sign-in', { headers: { accept: 'text/html' }, cache: 'no-store' })).ok
  } catch {
    return false
  }
}

async function forgetFiles(): Promise<void> {
  // Neither is there on plain http.
  const workers = (await navigator.serviceWorker?.getRegistrations()) ?? []
  await Promise.all(workers.map((worker) => worker.unregister()))
  if (!('caches' in globalThis)) return
  for (const name of await caches.keys()) await caches.delete(name)
}

function say(): void {
  const notice = document.createElement('div')
  notice.className = 'notice'
  notice.role = 'alert'
  const title = document.createElement('h1')
  title.textContent = 'Pocketstats'
  const sentence = document.createElement('p')
  sentence.textContent =
    'The app cannot start: a part of it is missing, perhaps because the server is just being updated.'
  const button = document.createElement('button')
  button.className = 'button'
  button.type = 'button'
  button.textContent = 'Try again'
  button.addEventListener('click', () => void startAfresh())
  notice.append(title, sentence, button)
  document.querySelector('main')?.replaceChildren(notice)
}
