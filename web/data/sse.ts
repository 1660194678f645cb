// Reads server-sent events from a response's body. The browser's own EventSource hides three things that matter on a
// phone: why a connection was refused (unpaired?), the heartbeats that tell a quiet stream from a dead one, and the
// way to go on where we stopped after closing the stream ourselves. Format: the HTML standard, "Server-sent events".

export interface ServerEvent {
  /** `message` when the server named none. */
  name: string
  data: string
}

export interface EventSink {
  onEvent: (event: ServerEvent) => void
  /** The stream can be gone on with from here; comes after the event that it belongs to. */
  onId: (id: string) => void
}

/** Turns pieces of text, cut anywhere, into whole events. Comments are dropped. */
export function createEventParser({ onEvent, onId }: EventSink): (text: string) => void {
  let rest = ''
  let id: string | null = null
  let name = ''
  let data: string[] = []

  const dispatch = (): void => {
    if (data.length > 0) onEvent({ name: name || 'message', data: data.join('\n') })
    if (id !== null) onId(id)
    id = null
    name = ''
    data = []
  }
  const takeLine = (line: string): void => {
    const [, field = '', value = ''] = /^([^:]*)(?:: ?(.*))?$/s.exec(line) ?? []
    if (line === '') dispatch()
    else if (field === 'data') data.push(value)
    else if (field === 'event') name = value
    else if (field === 'id' && !value.includes('\0')) id = value
  }
  return (text) => {
    const lines = (rest + text).split(/\r\n|\n|\r(?!$)/)
    rest = lines.pop() ?? ''
    for (const line of lines) takeLine(line)
  }
}

/**
 * Reads `body` to its end. `onPiece` is called for every piece that arrives, heartbeats too.
 * Throws what the body throws: a lost connection or an abort.
 */
export async function readEvents(
  body: ReadableStream<Uint8Array>,
  { onPiece, ...sink }: EventSink & { onPiece: () => void },
): Promise<void> {
  const parse = createEventParser(sink)
  const decoder = new TextDecoder()
  const reader = body.getReader()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return
    onPiece()
    parse(decoder.decode(value, { stream: true }))
  }
}
