// Between an app and its server may stand a login page or a proxy that answers in its place. Whether one does is told
// by asking for a script.

export type Answerer = 'the server' | 'a stranger' | 'nobody'

/** Who answers at the address of a script of ours; asks the network, whatever the worker keeps. */
export async function whatAnswers(script: string): Promise<Answerer> {
  try {
    const { ok, status, headers } = await fetch(script, { cache: 'no-store', redirect: 'manual' })
    if (ok && headers.get('content-type')?.includes('javascript')) return 'the server'
    return status >= 500 ? 'nobody' : 'a stranger'
  } catch {
    return 'nobody'
  }
}
