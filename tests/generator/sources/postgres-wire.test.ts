import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  errorText,
  int32,
  message,
  rowOf,
  Scram,
  takeMessages,
} from '../../../generator/sources/postgres-wire.ts'

test('takeMessages() takes the same messages in whatever pieces they come', () => {
  const given = [message('R', int32(0)), message('D', 'some row'), message('Z', 'I')]
  const bytes = Buffer.concat(given)
  fc.assert(
    fc.property(fc.array(fc.nat(bytes.length), { maxLength: 6 }), (cuts) => {
      const places = [0, ...cuts.sort((a, b) => a - b), bytes.length]
      let rest: Buffer = Buffer.alloc(0)
      const taken: string[] = []
      for (const [index, start] of places.slice(0, -1).entries()) {
        const found = takeMessages(Buffer.concat([rest, bytes.subarray(start, places[index + 1])]))
        rest = found.rest
        taken.push(...found.messages.map(({ kind, body }) => `${kind}${body.toString('latin1')}`))
      }
      expect(taken).toEqual(['R\0\0\0\0', 'Dsome row', 'ZI'])
      expect(rest).toHaveLength(0)
    }),
    { numRuns: 50 },
  )
})

test('rowOf() reads columns as text, and null as nothing', () => {
  const column = (text: string) => Buffer.concat([int32(Buffer.byteLength(text)), Buffer.from(text)])
  const row = Buffer.concat([Buffer.from([0, 3]), column('zwölf'), int32(-1), column('12')])
  expect(rowOf(row)).toEqual(['zwölf', '', '12'])
})

test('errorText() is the message among the fields', () => {
  const body = Buffer.from('SFATAL\0VFATAL\0C28000\0Mrole "x" does not exist\0Fmiscinit.c\0\0')
  expect(errorText(body)).toBe('role "x" does not exist')
})

test('Scram refuses a server that answers something else, or does not know the password', () => {
  const scram = new Scram('secret')
  const nonce = /r=(.+)$/.exec(scram.first().toString('utf8'))?.[1] ?? ''
  expect(() => scram.proof('r=other,s=c2FsdA==,i=4096')).toThrow('does not answer what was said')
  expect(scram.proof(`r=${nonce}more,s=c2FsdA==,i=4096`).toString('utf8')).toContain(
    `c=biws,r=${nonce}more,p=`,
  )
  expect(() => scram.check('v=AAAA')).toThrow('does not know the password')
})
