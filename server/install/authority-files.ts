// The authority's certificate in the wrappings in which phones and computers take it: as it is for most, as a profile for
// Apple's (Apple, Configuration Profile Reference, com.apple.security.root).

import { X509Certificate } from 'node:crypto'
import { fingerprintOf } from '../../store/certificate-files.ts'

export interface Authority {
  certificate: X509Certificate
  /** As it stands in the device's list: "Pocketstats on nas". */
  name: string
  fingerprint: string
}

/** What a PEM text is about. */
export function readAuthority(pem: string): Authority {
  const certificate = new X509Certificate(pem)
  const { CN: name = 'Pocketstats' } = certificate.toLegacyObject().subject
  return { certificate, name: String(name), fingerprint: fingerprintOf(certificate) }
}

/** A profile with the one certificate in it. The same certificate gives the same profile, which replaces itself. */
export function appleProfile({ certificate, name, fingerprint }: Authority): string {
  const id = fingerprint.replaceAll(':', '')
  const title = escaped(name)
  return `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
<dict>
  <key>PayloadContent</key>
  <array>
    <dict>
      <key>PayloadCertificateFileName</key>
      <string>pocketstats.crt</string>
      <key>PayloadContent</key>
      <data>${certificate.raw.toString('base64')}</data>
      <key>PayloadDescription</key>
      <string>Lets this device trust ${title}. It can speak for that machine's own names and private addresses only.</string>
      <key>PayloadDisplayName</key>
      <string>${title}</string>
      <key>PayloadIdentifier</key>
      <string>pocketstats.${id.slice(0, 16)}.root</string>
      <key>PayloadType</key>
      <string>com.apple.security.root</string>
      <key>PayloadUUID</key>
      <string>${uuid(id.slice(0, 32))}</string>
      <key>PayloadVersion</key>
      <integer>1</integer>
    </dict>
  </array>
  <key>PayloadDescription</key>
  <string>Adds the certificate of ${title}, so that the app can be installed. Nothing else is changed.</string>
  <key>PayloadDisplayName</key>
  <string>${title}</string>
  <key>PayloadIdentifier</key>
  <string>pocketstats.${id.slice(0, 16)}</string>
  <key>PayloadRemovalDisallowed</key>
  <false/>
  <key>PayloadType</key>
  <string>Configuration</string>
  <key>PayloadUUID</key>
  <string>${uuid(id.slice(32))}</string>
  <key>PayloadVersion</key>
  <integer>1</integer>
</dict>
</plist>
`
}

const uuid = (hex: string): string => hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5')

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }
const escaped = (text: string): string => text.replace(/[&<>]/g, (letter) => entities[letter] ?? '')
