-- A migration is recorded once: when two programs start together, the later one's record is refused and its
-- whole transaction rolled back.
CREATE UNIQUE INDEX `migration_once` ON `__drizzle_migrations` (`created_at`);
--> statement-breakpoint
CREATE TABLE `project` (
  `id` INTEGER PRIMARY KEY,
  `key` TEXT NOT NULL UNIQUE
) STRICT;
--> statement-breakpoint
CREATE TABLE `category` (
  `id` INTEGER PRIMARY KEY,
  `project` INTEGER NOT NULL REFERENCES `project` (`id`),
  `name` TEXT NOT NULL,
  `help` TEXT NOT NULL,
  `unit` TEXT NOT NULL,
  `graph` INTEGER NOT NULL,
  `every_seconds` REAL NOT NULL,
  `min` REAL,
  `max` REAL,
  `error` TEXT,
  `error_since` INTEGER
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `category_name` ON `category` (`project`, `name`);
--> statement-breakpoint
CREATE TABLE `series` (
  `id` INTEGER PRIMARY KEY,
  `category` INTEGER NOT NULL REFERENCES `category` (`id`),
  `label` TEXT NOT NULL,
  `unit` TEXT,
  `min` REAL,
  `max` REAL
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `series_label` ON `series` (`category`, `label`);
--> statement-breakpoint
CREATE TABLE `round` (
  `id` INTEGER PRIMARY KEY,
  `category` INTEGER NOT NULL,
  `time` INTEGER NOT NULL,
  `points` BLOB NOT NULL
) STRICT;
--> statement-breakpoint
-- Time first: all categories of one moment share a page, so that a round writes one page and not one each.
CREATE UNIQUE INDEX `round_time` ON `round` (`time`, `category`);
--> statement-breakpoint
CREATE TABLE `rollup` (
  `id` INTEGER PRIMARY KEY,
  `category` INTEGER NOT NULL,
  `step` INTEGER NOT NULL,
  `start` INTEGER NOT NULL,
  `summaries` BLOB NOT NULL
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `rollup_start` ON `rollup` (`category`, `step`, `start`);
