// Makes X.509 certificates (RFC 5280) with keys on the curve P-256: an authority that may only sign what it is permitted,
// and the certificates of servers below it. Pure: who calls keeps the results.

import { createHash, createPublicKey, type KeyObject, randomBytes, sign } from 'node:crypto'
import { AsnConvert, OctetString } from '@peculiar/asn1-schema'
import {
  AlgorithmIdentifier,
  AttributeTypeAndValue,
  AttributeValue,
  AuthorityKeyIdentifier,
  BasicConstraints,
  Certificate,
  ExtendedKeyUsage,
  Extension,
  Extensions,
  GeneralName,
  GeneralSubtree,
  GeneralSubtrees,
  id_ce_authorityKeyIdentifier,
  id_ce_basicConstraints,
  id_ce_extKeyUsage,
  id_ce_keyUsage,
  id_ce_nameConstraints,
  id_ce_subjectAltName,
  id_ce_subjectKeyIdentifier,
  id_kp_serverAuth,
  KeyIdentifier,
  KeyUsage,
  KeyUsageFlags,
  Name,
  NameConstraints,
  RelativeDistinguishedName,
  SubjectAlternativeName,
  SubjectKeyIdentifier,
  SubjectPublicKeyInfo,
  TBSCertificate,
  Validity,
  Version,
} from '@peculiar/asn1-x509'
import type { Permitted } from './permitted.ts'
import type { ServedNames } from './served-names.ts'

const commonName = '2.5.4.3'
/** RFC 5280, ub-common-name. */
const mostLetters = 64
const ecdsaWithSha256 = '1.2.840.10045.4.3.2'

interface Life {
  notBefore: Date
  notAfter: Date
}

/** A new authority's certificate as PEM, signed by its own key; the limits of what it may sign are critical. */
export function authorityCertificate(
  key: KeyObject,
  { name, permitted, ...life }: Life & { name: string; permitted: Permitted },
): string {
  const bases = [
    ...permitted.names.map((dNSName) => new GeneralName({ dNSName })),
    ...permitted.ranges.map((iPAddress) => new GeneralName({ iPAddress })),
  ]
  const permittedSubtrees = new GeneralSubtrees(bases.map((base) => new GeneralSubtree({ base })))
  const issuer = nameOf(name.slice(0, mostLetters))
  return signed({
    ...{ subject: issuer, issuer, publicKey: createPublicKey(key), issuerKey: key, life },
    extensions: [
      extension(id_ce_basicConstraints, new BasicConstraints({ cA: true, pathLenConstraint: 0 }), true),
      extension(id_ce_keyUsage, new KeyUsage(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign), true),
      extension(id_ce_extKeyUsage, new ExtendedKeyUsage([id_kp_serverAuth])),
      extension(id_ce_nameConstraints, new NameConstraints({ permittedSubtrees }), true),
    ],
  })
}

/** A server's certificate as PEM, for all these names and addresses. `issuer` is the authority's name as its certificate says it. */
export function serverCertificate(
  key: KeyObject,
  {
    names,
    addresses,
    issuer,
    issuerKey,
    ...life
  }: Life & ServedNames & { issuer: Name; issuerKey: KeyObject },
): string {
  const all = [
    ...names.map((dNSName) => new GeneralName({ dNSName })),
    ...addresses.map((iPAddress) => new GeneralName({ iPAddress })),
  ]
  return signed({
    ...{ subject: nameOf('Pocketstats'), issuer, publicKey: createPublicKey(key), issuerKey, life },
    extensions: [
      extension(id_ce_basicConstraints, new BasicConstraints({ cA: false }), true),
      extension(id_ce_keyUsage, new KeyUsage(KeyUsageFlags.digitalSignature), true),
      extension(id_ce_extKeyUsage, new ExtendedKeyUsage([id_kp_serverAuth])),
      extension(id_ce_subjectAltName, new SubjectAlternativeName(all)),
    ],
  })
}

interface Parts {
  subject: Name
  issuer: Name
  publicKey: KeyObject
  issuerKey: KeyObject
  life: Life
  extensions: Extension[]
}

function signed({ subject, issuer, publicKey, issuerKey, life, extensions }: Parts): string {
  const signatureAlgorithm = new AlgorithmIdentifier({ algorithm: ecdsaWithSha256 })
  const tbsCertificate = new TBSCertificate({
    version: Version.v3,
    serialNumber: serialNumber(),
    signature: signatureAlgorithm,
    issuer,
    validity: new Validity(life),
    subject,
    subjectPublicKeyInfo: AsnConvert.parse(spki(publicKey), SubjectPublicKeyInfo),
    extensions: new Extensions([
      ...extensions,
      extension(id_ce_subjectKeyIdentifier, new SubjectKeyIdentifier(keyId(publicKey))),
      extension(
        id_ce_authorityKeyIdentifier,
        new AuthorityKeyIdentifier({ keyIdentifier: new KeyIdentifier(keyId(createPublicKey(issuerKey))) }),
      ),
    ]),
  })
  const signatureValue = sign('sha256', Buffer.from(AsnConvert.serialize(tbsCertificate)), issuerKey)
  const certificate = new Certificate({
    tbsCertificate,
    signatureAlgorithm,
    signatureValue: bytesOf(signatureValue),
  })
  return pem(Buffer.from(AsnConvert.serialize(certificate)))
}

const extension = (extnID: string, value: object, critical = false): Extension =>
  new Extension({ extnID, critical, extnValue: new OctetString(AsnConvert.serialize(value)) })

const nameOf = (text: string): Name => {
  const value = new AttributeValue({ utf8String: text })
  return new Name([new RelativeDistinguishedName([new AttributeTypeAndValue({ type: commonName, value })])])
}

/** Positive and not zero, as RFC 5280 wants it. */
function serialNumber(): ArrayBuffer {
  const bytes = randomBytes(16)
  bytes[0] = ((bytes[0] ?? 0) & 0x3f) | 0x40
  return bytesOf(bytes)
}

const spki = (key: KeyObject): Buffer => key.export({ type: 'spki', format: 'der' })
const keyId = (key: KeyObject): ArrayBuffer =>
  bytesOf(createHash('sha256').update(spki(key)).digest().subarray(0, 20))
const bytesOf = (buffer: Buffer): ArrayBuffer => new Uint8Array(buffer).buffer

const pem = (der: Buffer): string =>
  `-----BEGIN CERTIFICATE-----\n${der.toString('base64').replace(/.{1,64}/g, '$&\n')}-----END CERTIFICATE-----\n`
