// How routes describe their answers in the OpenAPI document.

import type { z } from '@hono/zod-openapi'
import { ErrorSchema } from '../../common/wire.ts'

export const json = <T extends z.ZodType>(description: string, schema: T) => ({
  description,
  content: { 'application/json': { schema } },
})

export const failure = (description: string) => json(description, ErrorSchema)

/** What every reading route may answer besides its data. */
export const readingFailures = {
  400: failure('A parameter is not valid'),
  401: failure('This device is not paired'),
  404: failure('There is no such project or category'),
} as const

/** What every route for owners may answer besides its data. */
export const ownerFailures = {
  400: failure('A field is missing or not valid'),
  401: failure('This device is not paired'),
  403: failure('A viewer or a page of another site asked'),
} as const
