// What travels between server and app, as zod schemas: the server validates with them and makes the OpenAPI
// document from them; the app imports their types only.

import { z } from 'zod'
import { maxNameLength } from './point.ts'

const time = z.number().int().describe('Milliseconds since 1970-01-01T00:00:00Z')
const categoryName = z
  .string({ error: 'the name of a category' })
  .min(1, { error: 'the name of a category' })
  .max(maxNameLength, { error: `at most ${maxNameLength} characters` })
  .refine((name) => !/\p{Cc}/u.test(name), { error: 'a name without control characters' })
const limit = z.number().nullable().describe('Declared limit in the unit; null: none')

export const ProjectSchema = z
  .object({
    key: z
      .string()
      .describe('Public, stable name used in addresses; not the secret id that allows adding points'),
    name: z.string(),
    kind: z.enum(['machine', 'custom']),
    archived: z.boolean().optional().describe('true: it keeps its points and takes none'),
    lastTime: time.nullable().describe('Time of its newest point'),
  })
  .meta({ id: 'Project' })
export type Project = z.infer<typeof ProjectSchema>

export const ProjectsSchema = z.object({ projects: z.array(ProjectSchema) }).meta({ id: 'Projects' })

export const SeriesSchema = z
  .object({
    id: z.number().int().describe('Short id, unique in this database; the live stream uses it'),
    label: z.string(),
    unit: z.string(),
    min: limit,
    max: limit,
  })
  .meta({ id: 'Series' })
export type Series = z.infer<typeof SeriesSchema>

export const CategorySchema = z
  .object({
    name: z.string(),
    project: z
      .object({ key: z.string(), name: z.string() })
      .optional()
      .describe('Only with=custom: whose it is, where that is not the project asked for'),
    help: z.string(),
    unit: z.string(),
    graph: z.boolean().describe('False: rows with bars only'),
    everySeconds: z.number().describe('Nominal seconds between points; 0: irregular or unknown'),
    min: limit,
    max: limit,
    error: z
      .object({ message: z.string(), since: time })
      .nullable()
      .describe('Why its gather fails at present; null: it does not'),
    firstTime: time.nullable(),
    lastTime: time.nullable(),
    series: z.array(SeriesSchema),
  })
  .meta({ id: 'Category' })
export type Category = z.infer<typeof CategorySchema>

export const StorageSchema = z
  .object({
    ok: z.boolean().describe('False: new points wait or are refused, what was stored is safe'),
    message: z.string().nullable().describe('Why, for those who may read, such as a disk that is full'),
    low: z
      .boolean()
      .describe(
        'The disk is almost full: points are given up before their time, the oldest first; sums stay',
      ),
  })
  .meta({ id: 'Storage' })
export type Storage = z.infer<typeof StorageSchema>

export const CatalogueSchema = z
  .object({
    project: ProjectSchema,
    now: time.describe("The server's clock"),
    version: z.string().describe('The build of the app that the server serves'),
    database: z
      .string()
      .describe('Another one than before: what was kept of the history is of no use any more'),
    storage: StorageSchema,
    categories: z.array(CategorySchema),
  })
  .meta({ id: 'Catalogue' })
export type Catalogue = z.infer<typeof CatalogueSchema>

/** A value per bucket; null is a gap. */
const column = z.array(z.number().nullable())

export const BucketsSchema = z
  .object({
    name: z.string().describe('Category'),
    from: time.describe('Start of the first bucket, a multiple of stepMs'),
    stepMs: z
      .number()
      .int()
      .describe('Length of a bucket; bucket i covers [from + i*stepMs, from + (i+1)*stepMs)'),
    length: z.number().int().describe('Number of buckets; every column has this length'),
    series: z.array(
      z.object({
        id: z.number().int(),
        label: z.string(),
        count: z.array(z.number().int()).describe('Points in the bucket; 0 is a gap'),
        min: column,
        mean: column.describe('Rounded to nine digits where the bucket holds several points'),
        max: column,
      }),
    ),
  })
  .meta({ id: 'Buckets' })
export type CategoryBuckets = z.infer<typeof BucketsSchema>

export const QueryResultSchema = z
  .object({
    project: z.string(),
    from: time,
    to: time,
    categories: z.array(BucketsSchema),
  })
  .meta({ id: 'QueryResult' })
export type QueryResult = z.infer<typeof QueryResultSchema>

export const ValuesSchema = z
  .object({
    project: z.string(),
    time: time.describe("The moment asked for; for `latest` the server's clock"),
    values: z
      .array(
        z.object({
          category: z.string(),
          id: z.number().int(),
          label: z.string(),
          time,
          value: z.number(),
        }),
      )
      .describe('The newest point of every series at or before the moment'),
  })
  .meta({ id: 'Values' })
export type Values = z.infer<typeof ValuesSchema>

// The live stream. Each connection begins with `hello`; then come `points`, `catalogue` and `late` as things happen.
// Every event carries an id: a connection that is opened again with it (the browser does so by itself, others give
// `lastEventId=…`) goes on where the last one stopped, without a point lost or sent twice.

/** Live stream, event `points`: new points, grouped by time, oldest first; keys are series ids. */
export const LivePointsSchema = z
  .array(
    z.object({
      time,
      values: z.record(z.string(), z.number()),
      same: z
        .array(z.number().int())
        .optional()
        .describe(
          'Only with delta=yes: first and last of runs of series ids ([9, 11, 14, 14] is 9, 10, 11 and 14) that have a point at this time too, with the value that this connection sent for them last. See common/live-delta.ts',
        ),
    }),
  )
  .meta({ id: 'LivePoints' })
export type LivePoints = z.infer<typeof LivePointsSchema>

/** Live stream, event `hello`: sent first on every connection. */
export const HelloSchema = z
  .object({
    version: z
      .string()
      .describe('The build that the server serves; another one than in the hello before: an update is ready'),
    now: time,
    resumed: z
      .boolean()
      .describe('False: ask for everything again, the stream could not go on where it stopped'),
  })
  .meta({ id: 'Hello' })
export type Hello = z.infer<typeof HelloSchema>

// Event `catalogue` (data `{}`): categories, series, states (also that of storage) or the list of projects changed; ask
// for them again. It comes before the first points of a new series.

/** Event `late`: points landed in [from, to) that are not newer than what was sent; ask for these buckets again. */
export const LateSchema = z.object({ from: time, to: time }).meta({ id: 'Late' })
export type Late = z.infer<typeof LateSchema>

export const AddedSchema = z
  .object({ ok: z.literal(true), time: time.describe('Where the point was stored') })
  .meta({ id: 'Added' })

export const AddedManySchema = z
  .object({ ok: z.literal(true), points: z.number().int().describe('How many points were stored') })
  .meta({ id: 'AddedMany' })

const ages = { least: 60, most: 100 * 365 * 86_400 }
const age = z
  .number({ error: 'a number of seconds' })
  .min(ages.least, { error: `at least ${ages.least} seconds` })
  .max(ages.most, { error: 'at most 100 years, in seconds' })

const retention = {
  maxAgeSeconds: age.describe('Everything older is deleted'),
  fullResolutionSeconds: age.describe('Single points that are older are deleted, their sums stay'),
}

/** What is kept, as settings.conf says it. */
export const RetentionSchema = z
  .object({
    ...retention,
    categories: z
      .array(
        z.object({
          name: categoryName.describe('Category, in whatever project'),
          maxAgeSeconds: age.nullable().describe('Null: as all others'),
          fullResolutionSeconds: age.nullable().describe('Null: as all others'),
        }),
        { error: 'a list of categories' },
      )
      .max(500, { error: 'at most 500 categories' })
      .describe('What differs for single categories'),
  })
  .meta({ id: 'Retention' })
export type WireRetention = z.infer<typeof RetentionSchema>

export const RetentionStateSchema = RetentionSchema.extend({
  fixed: z
    .object({ maxAge: z.boolean(), fullResolution: z.boolean(), categories: z.boolean() })
    .describe('What the environment says, so that it cannot be saved'),
  uses: z
    .array(
      z.object({
        project: z.string(),
        category: z.string(),
        points: z.number().describe('Single points that are packed'),
        pointBytes: z.number(),
        sums: z.number().describe('Buckets of all levels and series that are packed'),
        sumBytes: z.number(),
        pointsPerDay: z.number().describe('What a day adds at the present rate'),
        sumsPerDay: z.number(),
      }),
    )
    .describe('What every category holds and adds; what a setting costs is reckoned from it'),
  bytes: z.number().describe('What the history takes on the disk now'),
  bytesPerDay: z.number(),
  projectedBytes: z.number().describe('What it will take once as much is kept as the settings allow'),
  freeBytes: z.number().describe('Free on its disk'),
  storage: StorageSchema,
}).meta({ id: 'RetentionState' })
export type RetentionState = z.infer<typeof RetentionStateSchema>

export const HealthSchema = z
  .object({
    status: z.enum(['fresh', 'stale']),
    lastPoint: time.nullable().describe("Time of this machine's newest point"),
    ageSeconds: z.number().nullable(),
    storage: StorageSchema,
  })
  .meta({ id: 'Health' })

export const ErrorSchema = z
  .object({
    error: z.object({
      code: z.string(),
      message: z.string(),
      field: z.string().optional(),
      given: z.unknown().optional(),
      expected: z.string().optional(),
      retryAfterSeconds: z.number().optional(),
      refused: z
        .array(
          z.object({
            line: z.number().int(),
            code: z.string(),
            message: z.string(),
            field: z.string().optional(),
            given: z.unknown().optional(),
            expected: z.string().optional(),
          }),
        )
        .optional()
        .describe('Of a batch: what is wrong with each line or element, counted from 1; a hundred at most'),
      refusedCount: z.number().int().optional(),
    }),
  })
  .meta({ id: 'Error' })
export type WireError = z.infer<typeof ErrorSchema>
