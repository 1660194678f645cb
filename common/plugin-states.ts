// What the generator tells everybody else of its gathers and plugins: which there are, what they cost, what is wrong.

export interface PluginState {
  /** File name without its ending, as in settings. */
  name: string
  /** `built-in`, or what the user has put there. */
  kind: 'built-in' | 'module' | 'program' | 'scrape'
  /** Behind the folder of plugins or gathers; the address of what is scraped. */
  file: string
  /** `nothing`: it finds nothing of its kind on this machine. */
  state: 'runs' | 'fails' | 'nothing' | 'off' | 'starting'
  /** Names of its cards. */
  categories: string[]
  /** Seconds between two readings; 0 where unknown. */
  everySeconds: number
  /** Milliseconds that its newest reading took; null before the first. */
  tookMs: number | null
  /** Series of its newest reading. */
  series: number
  /** Why it fails at present; null when it does not. */
  message: string | null
  /** What its author thinks worth an alert. */
  alerts: PluginAlert[]
}

export interface PluginAlert {
  /** '' for any of them. */
  series: string
  above: number | null
  below: number | null
  seconds: number
  text: string
}

export interface PluginReport {
  /** When it was written (ms). */
  at: number
  /** Folder of the user's own. */
  folder: string
  plugins: PluginState[]
  /** Categories of plugins that are gone, whose cards say so. */
  gone: string[]
}
