// What travels when projects are made, changed and looked after, as zod schemas.

import { z } from 'zod'

const limit = (error: string, most: number) =>
  z.number({ error }).int({ error }).min(0, { error }).max(most, { error }).nullable()

const series = limit('a whole number of series, 0 for any, or null', 1_000_000)
const pointsPerSecond = limit('a whole number of points, 0 for any, or null', 10_000_000)
const ageError = 'a whole number of seconds from 60 to 100 years, or null'
const age = z
  .number({ error: ageError })
  .int({ error: ageError })
  .min(60, { error: ageError })
  .max(100 * 365 * 86_400, { error: ageError })
  .nullable()

export const ProjectLimitsSchema = z
  .strictObject({
    maxSeries: series.describe('Series it may have; null: as the settings say'),
    maxPointsPerSecond: pointsPerSecond.describe('Points a second, on average; null: as the settings say'),
    maxAgeSeconds: age.describe('Points that are older are refused; null: as long as history is kept'),
  })
  .meta({ id: 'ProjectLimits' })
export type ProjectLimits = z.infer<typeof ProjectLimitsSchema>

export const ProjectDetailsSchema = z
  .object({
    key: z.string(),
    name: z.string(),
    kind: z.enum(['machine', 'custom']),
    id: z.string().describe('Secret: whoever knows it may add points'),
    address: z.string().describe('Where other devices send its points: such as http://192.168.1.5:5050'),
    archived: z.boolean(),
    created: z.number().int(),
    series: z.number().int().describe('How many it has'),
    limits: ProjectLimitsSchema,
  })
  .meta({ id: 'ProjectDetails' })
export type ProjectDetails = z.infer<typeof ProjectDetailsSchema>
