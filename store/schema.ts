// The tables of data.db that say what there is: projects, categories, series. The points themselves lie in the tables
// of `migrations/0001_history.sql`, which the statements in history/ read and write as they are.

import { integer, real, sqliteTable, text, uniqueIndex } from './drizzle.ts'

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
