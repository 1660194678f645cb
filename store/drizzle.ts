// Drizzle in its CommonJS form. Imported as an ES module, Node reads drizzle's package.json of 180 kB again for each
// of its hundreds of files: a quarter of a second and 190 MB of memory in every process.

import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)

export const { and, asc, desc, eq, gt, lte, sql }: typeof import('drizzle-orm') = require('drizzle-orm')

export const {
  blob,
  integer,
  real,
  sqliteTable,
  text,
  uniqueIndex,
}: typeof import('drizzle-orm/sqlite-core') = require('drizzle-orm/sqlite-core')

export const { drizzle }: typeof import('drizzle-orm/better-sqlite3') = require('drizzle-orm/better-sqlite3')

export const { migrate }: typeof import('drizzle-orm/better-sqlite3/migrator') =
  require('drizzle-orm/better-sqlite3/migrator')

export const { readMigrationFiles }: typeof import('drizzle-orm/migrator') = require('drizzle-orm/migrator')
