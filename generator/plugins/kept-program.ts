// A program that is started once and fed a newline each round, as Telegraf's execd does it: what it prints then is the
// reading. An empty line ends it, or a moment of silence. When it ends it is started again after a while.

import type { ChildProcessWithoutNullStreams } from 'node:child_process'
import { killGroup, type RunOptions, spawnClean } from '../outside/run-program.ts'

const silenceMs = 60
const firstPauseMs = 1000
const longestPauseMs = 300_000
const keptOfErrors = 1000

export class KeptProgram {
  readonly #file: string
  readonly #args: readonly string[]
  readonly #options: RunOptions & { timeoutMs: number; mostBytes: number }
  #child: ChildProcessWithoutNullStreams | undefined
  #said = ''
  #text = ''
  #endings = 0
  #notBefore = 0
  #ended = ''
  #onText: (() => void) | undefined

  constructor(
    file: string,
    args: readonly string[],
    options: RunOptions & { timeoutMs: number; mostBytes: number },
  ) {
    this.#file = file
    this.#args = args
    this.#options = options
  }

  /** What it prints for one newline. Rejects with words for people. */
  async ask(): Promise<string> {
    const child = this.#running()
    this.#text = ''
    child.stdin.write('\n')
    const text = await this.#answer()
    this.#endings = 0
    return text
  }

  close(): void {
    const child = this.#child
    this.#child = undefined
    killGroup(child?.pid)
  }

  #running(): ChildProcessWithoutNullStreams {
    if (this.#child) return this.#child
    const waitMs = this.#notBefore - performance.now()
    if (waitMs > 0) throw new Error(`${this.#ended}; it is started again in ${Math.ceil(waitMs / 1000)} s`)
    const child = spawnClean(this.#file, this.#args, this.#options)
    this.#child = child
    this.#said = ''
    child.stdin.on('error', () => {})
    child.stdout.setEncoding('utf8').on('data', (text: string) => this.#heard(child, text))
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      if (this.#said.length < keptOfErrors) this.#said += text
    })
    child.on('error', (error) => this.#over(child, error.message))
    child.on('exit', (code, signal) => this.#over(child, `ended (${signal ?? `exit code ${code}`})`))
    return child
  }

  #heard(child: ChildProcessWithoutNullStreams, text: string): void {
    this.#text += text
    if (this.#text.length <= this.#options.mostBytes) this.#onText?.()
    else this.#over(child, `printed more than ${this.#options.mostBytes} bytes`)
  }

  #over(child: ChildProcessWithoutNullStreams, why: string): void {
    killGroup(child.pid)
    if (this.#child !== child) return
    this.#child = undefined
    const error = this.#said.trim().split('\n').at(-1) ?? ''
    this.#ended = error === '' ? why : `${why}: ${error.slice(0, 200)}`
    this.#notBefore = performance.now() + Math.min(firstPauseMs * 2 ** this.#endings++, longestPauseMs)
    this.#onText?.()
  }

  #answer(): Promise<string> {
    return new Promise((resolve, reject) => {
      const { timeoutMs } = this.#options
      let silence: NodeJS.Timeout | undefined
      const finish = (failure?: string): void => {
        clearTimeout(limit)
        clearTimeout(silence)
        this.#onText = undefined
        if (failure === undefined) resolve(this.#text)
        else reject(new Error(failure))
      }
      const limit = setTimeout(() => {
        this.close()
        finish(`has not answered a newline within ${timeoutMs / 1000} s`)
      }, timeoutMs)
      this.#onText = () => {
        clearTimeout(silence)
        if (!this.#child) finish(this.#text.trim() === '' ? this.#ended : undefined)
        else if (/\n\r?\n$/.test(this.#text)) finish()
        else if (this.#text.endsWith('\n')) silence = setTimeout(finish, silenceMs)
      }
    })
  }
}
