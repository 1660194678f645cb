import { expect, test } from 'vitest'
import { listeningSocket } from '../../../generator/sources/unix-sockets.ts'
import { listedSockets, madeMachine } from '../support/made-machine.ts'

const found = (table: string, ending: string) =>
  listeningSocket(madeMachine({ 'proc/net/unix': table }), ending)

test('listeningSocket() finds a whole path by its end, also with a blank in it', () => {
  const table = listedSockets('/run/docker.sock.d/x', '/run/user/1000/my docker.sock', '/run/my/docker.sock')
  expect(found(table, '/docker.sock')).toBe('/run/my/docker.sock')
  expect(found(table, 'docker.sock')).toBe('/run/user/1000/my docker.sock')
  expect(found(table, '/podman.sock')).toBeUndefined()
})

test('listeningSocket() takes no connection and no abstract name for somebody who listens', () => {
  const line = (flags: string, path: string) =>
    `0000000049cab529: 00000003 00000000 ${flags} 0001 03 14 ${path}\n`
  expect(found(line('00000000', '/run/docker.sock'), '/docker.sock')).toBeUndefined()
  expect(found(line('00010000', '@/run/docker.sock'), '/docker.sock')).toBeUndefined()
  expect(found(line('00010000', '/run/docker.sock'), '/docker.sock')).toBe('/run/docker.sock')
  expect(listeningSocket(madeMachine({}), '/docker.sock')).toBeUndefined()
})
