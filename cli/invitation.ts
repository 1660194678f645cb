// What `npm start` shows when all runs: where the app is, and how a phone gets in.

import { renderUnicodeCompact } from 'uqr'

/**
 * Lines for the terminal: addresses, a QR code that opens the app on a phone and pairs it, and the code to type.
 * The code stands behind `#`, so that no server or log on the way sees it.
 */
export function invitation({
  address,
  port,
  code,
  lifeMinutes,
  https = false,
}: {
  address: string | undefined
  port: number
  code: string
  lifeMinutes: number
  /** The server speaks https as well, so that a phone can install the app. */
  https?: boolean
}): string {
  const here = `  On this machine:  http://localhost:${port}/`
  if (!address) return `${here}\n  No network was found, so a phone cannot reach this machine now.`
  const link = `http://${address}:${port}/#pair=${code}`
  const qr = renderUnicodeCompact(link, { border: 2 }).replace(/^/gm, '  ')
  return [
    here,
    `  On your phone:    http://${address}:${port}/   pairing code ${code}`,
    ...(https
      ? [`  To install it:    http://${address}:${port}/install   leads to https and the home screen`]
      : []),
    '',
    qr,
    '',
    `  Scan it: the phone is paired at once. The code works once, for ${lifeMinutes} minutes; \`npm run pair\` makes another.`,
  ].join('\n')
}
