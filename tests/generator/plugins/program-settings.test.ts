import { expect, test } from 'vitest'
import { programSettings } from '../../../generator/plugins/program-settings.ts'

test('programSettings() reads a comment near the beginning, and the section for more', () => {
  const head = '#!/bin/sh\n# pocketstats: every=30s keep-running timeout=2s\n'
  expect(programSettings(head, {})).toMatchObject({
    every: 30,
    keepRunning: true,
    timeoutSeconds: 2,
    mistake: null,
  })
  const given = { every: '5s', Arguments: '-w 5,4 "two words"', 'env.HOST': 'x', Format: 'nagios' }
  expect(programSettings(head, given)).toMatchObject({
    ...{
      every: 5,
      keepRunning: true,
      args: ['-w', '5,4', 'two words'],
      env: { HOST: 'x' },
      format: 'nagios',
    },
    mistake: null,
  })
})

test('programSettings() names what is wrong and goes on with the rest', () => {
  expect(programSettings('', { Evry: '5s', Timeout: '3s' })).toMatchObject({
    mistake: 'settings.conf: unknown option "Evry"; did you mean "Every"?',
    timeoutSeconds: 3,
  })
  expect(programSettings('', { Every: 'often' }).mistake).toContain('Every = often: expected a time')
  expect(programSettings('', { Format: 'xml' }).mistake).toContain(
    'Format = xml: expected one of lines, json',
  )
})
