-- Points as they come, a row for all that came together. The newest row is never deleted, so that no id returns.
CREATE TABLE `log` (
  `id` INTEGER PRIMARY KEY,
  `points` BLOB NOT NULL
) STRICT;
--> statement-breakpoint
-- Packed history of one category: points (step 0) or buckets of `step` ms. Ids never return: caches rely on it.
CREATE TABLE `chunk` (
  `id` INTEGER PRIMARY KEY AUTOINCREMENT,
  `category` INTEGER NOT NULL,
  `step` INTEGER NOT NULL,
  `first` INTEGER NOT NULL,
  `last` INTEGER NOT NULL,
  `rows` INTEGER NOT NULL,
  `crc` INTEGER NOT NULL,
  `data` BLOB NOT NULL
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `chunk_first` ON `chunk` (`category`, `step`, `first`);
--> statement-breakpoint
CREATE TABLE `history` (
  `category` INTEGER PRIMARY KEY,
  `sealed` INTEGER NOT NULL,
  `job_row` INTEGER,
  `job_time` INTEGER,
  `first` INTEGER,
  `last` INTEGER,
  `raw_from` INTEGER,
  `pruned_to` INTEGER,
  `newest` BLOB NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE `level` (
  `category` INTEGER NOT NULL,
  `step` INTEGER NOT NULL,
  `built_to` INTEGER,
  PRIMARY KEY (`category`, `step`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `stale` (
  `id` INTEGER PRIMARY KEY,
  `category` INTEGER NOT NULL,
  `step` INTEGER NOT NULL,
  `start` INTEGER NOT NULL,
  `end` INTEGER NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE `upkeep` (
  `revision` INTEGER NOT NULL
) STRICT;
--> statement-breakpoint
INSERT INTO `upkeep` VALUES (0);
