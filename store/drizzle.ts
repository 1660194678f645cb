// Drizzle in its CommonJS form: for every ES module of a package Node parses the package's whole list of exports
// again, and drizzle's is 180 kB long. That cost each process 400 ms and 180 MB at its start; like this it is 60 ms
// and 20 MB.

import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)

export type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3'

export const { and, asc, desc, eq, gt, lte, or, sql }: typeof import('drizzle-orm') = require('drizzle-orm')

export const {
  blob,
  getTableConfig,
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
