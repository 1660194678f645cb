// The tables of data.db. A round is what one category measured at one time, its values packed in a blob; a
// rollup sums up one category over one bucket. The migrations make these tables, this file types them.

import { blob, integer, real, sqliteTable, text, uniqueIndex } from './drizzle.ts'

export const project = sqliteTable('project', {
  id: integer().primaryKey(),
  key: text().notNull().unique(),
})

/** A category with what it declares of itself and why it fails at present. */
export const category = sqliteTable(
  'category',
  {
    id: integer().primaryKey(),
    project: integer()
      .notNull()
      .references(() => project.id),
    name: text().notNull(),
    help: text().notNull(),
    unit: text().notNull(),
    graph: integer({ mode: 'boolean' }).notNull(),
    everySeconds: real('every_seconds').notNull(),
    min: real(),
    max: real(),
    error: text(),
    errorSince: integer('error_since'),
  },
  (table) => [uniqueIndex('category_name').on(table.project, table.name)],
)

/** A labelled line of a category; null columns fall back to the category's. */
export const series = sqliteTable(
  'series',
  {
    id: integer().primaryKey(),
    category: integer()
      .notNull()
      .references(() => category.id),
    label: text().notNull(),
    unit: text(),
    min: real(),
    max: real(),
  },
  (table) => [uniqueIndex('series_label').on(table.category, table.label)],
)

/** Values of one category at one time (`round-codec.ts`). The id grows with every change: see `since`. */
export const round = sqliteTable(
  'round',
  {
    id: integer().primaryKey(),
    category: integer().notNull(),
    time: integer().notNull(),
    points: blob({ mode: 'buffer' }).notNull(),
  },
  (table) => [uniqueIndex('round_time').on(table.time, table.category)],
)

/** Count, min, max and sum of every series of a category over [start, start + step) ms (`rollup-codec.ts`). */
export const rollup = sqliteTable(
  'rollup',
  {
    id: integer().primaryKey(),
    category: integer().notNull(),
    step: integer().notNull(),
    start: integer().notNull(),
    summaries: blob({ mode: 'buffer' }).notNull(),
  },
  (table) => [uniqueIndex('rollup_start').on(table.category, table.step, table.start)],
)
