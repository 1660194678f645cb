// Server-sent events as text (https://html.spec.whatwg.org/multipage/server-sent-events.html).

export interface ServerEvent {
  event?: string
  id?: string
  data?: unknown
  /** Milliseconds until the browser tries again. */
  retry?: number
}

/** One event; `data` as JSON on one line. Without data it only moves the browser's last event id. */
export function eventText({ event, id, data, retry }: ServerEvent): string {
  const lines = [
    retry === undefined ? '' : `retry: ${retry}\n`,
    event === undefined ? '' : `event: ${event}\n`,
    id === undefined ? '' : `id: ${id}\n`,
    data === undefined ? '' : `data: ${JSON.stringify(data)}\n`,
  ]
  return `${lines.join('')}\n`
}
