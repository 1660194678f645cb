// The one way to the server. Answers are typed by the wire schemas' types; whatever goes wrong becomes one error
// with a sentence for people, so that no screen has to guess what a failed request means.

import type { ColumnResult } from '../../common/buckets-binary.ts'
import type {
  Catalogue,
  Project,
  RetentionState,
  Values,
  WireError,
  WireRetention,
} from '../../common/wire.ts'

/**
 * A failed request: `status` is HTTP's, 0 when the server was not reached at all; `gate`: something else answered in its
 * place.
 */
export class ApiError extends Error {
  override readonly name = 'ApiError'
  readonly status: number
  readonly gate: boolean

  constructor(status: number, message: string, gate = false) {
    super(message)
    this.status = status
    this.gate = gate
  }

  /** Nobody is there, or only a proxy that says so. */
  get away(): boolean {
    return this.status === 0 || (this.status >= 502 && this.status <= 504)
  }
}

/** An answer has begun after this long (ms), or it is not waited for. */
const longestMs = 15_000

export interface QueryRequest {
  project: string
  categories: readonly string[]
  /** Window [from, to) in ms. */
  from: number
  to: number
  /** At most this many buckets. */
  buckets: number
  signal?: AbortSignal
}

export const fetchProjects = async (): Promise<Project[]> =>
  (await get<{ projects: Project[] }>('/projects')).projects

/** What is on the screen of a project: below a machine's own numbers stand those that people add. */
export const shownWith = (project: string): URLSearchParams =>
  new URLSearchParams({ project, with: 'custom' })

export const fetchCatalogue = (project: string): Promise<Catalogue> =>
  get<Catalogue>(`/catalogue?${shownWith(project)}`)

export const fetchLatest = (project: string): Promise<Values> => get<Values>(`/latest?${shownWith(project)}`)

export async function fetchBuckets({ signal, ...asked }: QueryRequest): Promise<ColumnResult> {
  const { project, categories, ...range } = asked
  const parameters = shownWith(project)
  parameters.set('format', 'binary')
  for (const category of categories) parameters.append('category', category)
  for (const [key, value] of Object.entries(range)) parameters.set(key, String(value))
  // What unpacks is not needed before the first paint, and comes while the answer is on its way.
  const [response, { decodeBuckets }] = await Promise.all([
    request(`/query?${parameters}`, signal ? { signal } : {}),
    import('../../common/buckets-binary.ts'),
  ])
  return decodeBuckets(new Uint8Array(await response.arrayBuffer()))
}

/** How long history is kept and what it costs. */
export const fetchRetention = (): Promise<RetentionState> => get<RetentionState>('/retention')

/** Saves how long history is kept; answers what holds then. */
export const saveRetention = async (retention: WireRetention): Promise<RetentionState> =>
  (await (await request('/retention', withBody('PUT', retention))).json()) as RetentionState

/** Pairs this device: afterwards its cookie opens everything. Throws an ApiError when the code is not accepted. */
export async function pair(code: string, name: string): Promise<void> {
  await request('/pair', withBody('POST', { code, name }))
}

export const withBody = (method: string, body: object): RequestInit => ({
  method,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
})

const get = async <T>(path: string, signal?: AbortSignal): Promise<T> =>
  (await (await request(path, signal ? { signal } : {})).json()) as T

/** Asks the API, or what stands elsewhere. Throws an ApiError for whatever is no answer of the server. */
export async function request(path: string, init: RequestInit, root = '/api/v1'): Promise<Response> {
  const response = await ask(root + path, init)
  const { ok, status } = response
  const type = response.headers.get('content-type') ?? ''
  const isJson = type.includes('json')
  if (ok && (isJson || type === 'application/octet-stream' || status === 204)) return response
  if (isJson) throw new ApiError(status, await sentenceOf(response))
  throw new ApiError(status, strangerSentence(status), isStranger(response))
}

/** Who is no server of ours and no proxy that looks for one. A redirect shows as status 0. */
export const isStranger = ({ status, headers }: Response): boolean =>
  status < 500 && !headers.get('content-type')?.includes('json')

/** Asks, but waits no longer for the answer to begin than a network that is gone lets people wait. */
async function ask(address: string, init: RequestInit): Promise<Response> {
  const limit = new AbortController()
  const stop = (): void => limit.abort()
  const timer = setTimeout(stop, longestMs)
  init.signal?.addEventListener('abort', stop)
  try {
    const always = { cache: 'no-store', credentials: 'same-origin', redirect: 'manual' } as const
    return await fetch(address, { ...init, ...always, signal: limit.signal })
  } catch (error) {
    if (init.signal?.aborted) throw error
    throw new ApiError(0, 'The server cannot be reached.')
  } finally {
    clearTimeout(timer)
  }
}

async function sentenceOf(response: Response): Promise<string> {
  try {
    const { error } = (await response.json()) as WireError
    return error.expected ? `${error.message} (expected ${error.expected}).` : asSentence(error.message)
  } catch {
    return strangerSentence(response.status)
  }
}

const strangerSentence = (status: number): string =>
  `Something else answered in the server's place${status && ` (status ${status})`}: a login page or a proxy?`

const asSentence = (message: string): string => (/[.!?]$/.test(message) ? message : `${message}.`)
