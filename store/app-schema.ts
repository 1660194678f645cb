// The tables of app.db: what must outlive the points. Secrets that others hold (pairing codes, session tokens)
// are kept as SHA-256 only; a project's id is kept as it is because its owner may ask for it again.

import { integer, sqliteTable, text } from './drizzle.ts'

export const project = sqliteTable('project', {
  key: text().primaryKey(),
  id: text().notNull(),
  /** Looked up instead of the id, so that the time it takes tells nothing about the id. */
  idHash: text('id_hash').notNull().unique(),
  name: text().notNull(),
  kind: text({ enum: ['machine', 'custom'] }).notNull(),
  created: integer().notNull(),
})

export const pairing = sqliteTable('pairing', {
  codeHash: text('code_hash').primaryKey(),
  expires: integer().notNull(),
})

export const device = sqliteTable('device', {
  id: integer().primaryKey({ autoIncrement: true }),
  name: text().notNull(),
  created: integer().notNull(),
  lastSeen: integer('last_seen').notNull(),
})

export const session = sqliteTable('session', {
  tokenHash: text('token_hash').primaryKey(),
  device: integer()
    .notNull()
    .references(() => device.id, { onDelete: 'cascade' }),
  created: integer().notNull(),
})

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
