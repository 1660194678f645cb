// A phone that was paired over http shall not be asked again over https: it takes a code with it, used once, behind the
// `#` of the address, which no server and no log sees.

/** Lets this device in by the code in the address, if there is one and it is not in yet. Never throws. */
export async function letIn(): Promise<void> {
  const code = /^#(?:enter|pair)=(.+)$/.exec(location.hash)?.[1]
  if (code === undefined) return
  try {
    const session = (await (await fetch('/api/v1/session')).json()) as { paired: boolean }
    if (!session.paired)
      await post('/api/v1/pair', { code: decodeURIComponent(code), name: nameOf(navigator.userAgent) })
  } catch {
    // The app asks for a code itself.
  }
  history.replaceState(null, '', location.pathname)
}

/** `address` with a code behind it, where this device is paired. */
export async function withCode(address: string): Promise<string> {
  if (location.hash !== '') return address + location.hash
  try {
    const response = await post('/api/v1/hand-over')
    const { code } = (await response.json()) as { code?: string }
    return response.ok && code ? `${address}#enter=${encodeURIComponent(code)}` : address
  } catch {
    return address
  }
}

/** Whether the machine lets this device read. */
export async function isPaired(): Promise<boolean> {
  const session = (await (await fetch('/api/v1/session')).json()) as { paired: boolean; loopback: boolean }
  return session.paired || session.loopback
}

const post = (path: string, body?: object): Promise<Response> =>
  fetch(path, {
    method: 'POST',
    ...(body && { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }),
  })

const nameOf = (agent: string): string =>
  /iPhone|iPad|Android|Windows|CrOS|Mac|Linux/.exec(agent)?.[0] ?? 'Browser'
