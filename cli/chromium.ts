// Finds a Chromium for the browser tests, or gets one: Debian's package where we may install it, else Playwright's.

import { existsSync, readFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { root } from './root.ts'
import { runProgram } from './run-step.ts'

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
const macApps = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
]

/** Path of a Chromium that is on the machine; `POCKETSTATS_CHROMIUM` names another. */
export function findChromium(): string | undefined {
  const named = process.env.POCKETSTATS_CHROMIUM
  if (named) return named
  const folders = (process.env.PATH ?? '').split(delimiter)
  const onPath = folders.flatMap((folder) => names.map((name) => join(folder, name)))
  return [...onPath, ...macApps].find((path) => existsSync(path))
}

/** Path of a Chromium, installed now if need be. Throws with what to do by hand when none can be had. */
export async function provideChromium(say: (line: string) => void = console.log): Promise<string> {
  const found = findChromium()
  if (found) return found
  if (isDebian() && process.getuid?.() === 0) {
    say("Setting up: installing Debian's chromium for the browser tests (once) …")
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    await runProgram('apt-get', ['update', '-qq'], { env, quiet: true })
    const { code, output } = await runProgram('apt-get', ['install', '-y', '-qq', 'chromium'], {
      env,
      quiet: true,
    })
    const installed = findChromium()
    if (installed) return installed
    say(`  apt-get ended with ${code}: ${output.trim().split('\n').at(-1) ?? ''}`)
  }
  return installPlaywrightChromium(say)
}

async function installPlaywrightChromium(say: (line: string) => void): Promise<string> {
  say("Setting up: downloading Playwright's Chromium for the browser tests (once) …")
  const cli = join(root, 'node_modules', 'playwright-core', 'cli.js')
  const { code } = await runProgram(process.execPath, [cli, 'install', 'chromium'])
  const { chromium } = await import('playwright-core')
  if (code === 0 && existsSync(chromium.executablePath())) return chromium.executablePath()
  throw new Error('no Chromium for the browser tests: install one and name it in POCKETSTATS_CHROMIUM')
}

function isDebian(): boolean {
  try {
    return /^ID(_LIKE)?=.*debian/m.test(readFileSync('/etc/os-release', 'utf8'))
  } catch {
    return false
  }
}
