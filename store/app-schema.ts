// The tables of app.db: what must outlive the points. Secrets that others hold (pairing codes, session and script tokens)
// are kept as SHA-256 only; a project's id is kept as it is because its owner may ask for it again.

import { blob, integer, sqliteTable, text } from './drizzle.ts'

export const project = sqliteTable('project', {
  key: text().primaryKey(),
  id: text().notNull(),
  /** Looked up instead of the id, so that the time it takes tells nothing about the id. */
  idHash: text('id_hash').notNull().unique(),
  name: text().notNull(),
  kind: text({ enum: ['machine', 'custom'] }).notNull(),
  created: integer().notNull(),
  /** Takes no points and is not listed among those in use. */
  archived: integer({ mode: 'boolean' }).notNull(),
  /** Limits of its own; null: those of the settings. */
  maxSeries: integer('max_series'),
  maxPointsPerSecond: integer('max_points_per_second'),
  maxAgeSeconds: integer('max_age_seconds'),
})

export const retiredId = sqliteTable('retired_id', { idHash: text('id_hash').primaryKey() })

const grant = () => ({
  role: text({ enum: ['owner', 'viewer'] }).notNull(),
  /** Key of the only project that a viewer may see; null: all. */
  project: text(),
})

export const pairing = sqliteTable('pairing', {
  codeHash: text('code_hash').primaryKey(),
  expires: integer().notNull(),
  ...grant(),
  /** The device that it lets in once more; null: a new one. */
  device: integer().references(() => device.id, { onDelete: 'cascade' }),
})

export const device = sqliteTable('device', {
  id: integer().primaryKey({ autoIncrement: true }),
  name: text().notNull(),
  created: integer().notNull(),
  lastSeen: integer('last_seen').notNull(),
  ...grant(),
})

export const session = sqliteTable('session', {
  tokenHash: text('token_hash').primaryKey(),
  device: deviceKey(),
  created: integer().notNull(),
  /** Last visit, noted once a minute. */
  used: integer().notNull(),
  /** When another token was given out in its place. */
  replaced: integer(),
  /** When it ends, because that other one was used. */
  ends: integer(),
  /** Hash of the token in whose place it was given out, until it is used. */
  previous: text(),
})

export const token = sqliteTable('token', {
  id: integer().primaryKey({ autoIncrement: true }),
  tokenHash: text('token_hash').notNull().unique(),
  name: text().notNull(),
  project: text(),
  created: integer().notNull(),
  lastUsed: integer('last_used'),
})

export const passkey = sqliteTable('passkey', {
  /** The credential's id in base64url. */
  id: text().primaryKey(),
  device: deviceKey(),
  /** The host name for which it was made; it works for no other. */
  host: text().notNull(),
  publicKey: blob('public_key', { mode: 'buffer' }).notNull(),
  counter: integer().notNull(),
  created: integer().notNull(),
})

function deviceKey() {
  return integer()
    .notNull()
    .references(() => device.id, { onDelete: 'cascade' })
}

export const process = sqliteTable('process', {
  name: text({ enum: ['generator', 'server'] }).primaryKey(),
  pid: integer().notNull(),
  startedAt: integer('started_at').notNull(),
})

/** What the running programs tell each other; only `app-signals.ts` reads and writes it. */
export const signal = sqliteTable('signal', {
  name: text({ enum: ['watched', 'storage'] }).primaryKey(),
  until: integer(),
  message: text(),
})
