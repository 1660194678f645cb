-- A migration is recorded once: when two programs start together, the later one's record is refused and its
-- whole transaction rolled back.
CREATE UNIQUE INDEX `migration_once` ON `__drizzle_migrations` (`created_at`);
--> statement-breakpoint
CREATE TABLE `project` (
  `key` TEXT PRIMARY KEY,
  `id` TEXT NOT NULL,
  `id_hash` TEXT NOT NULL UNIQUE,
  `name` TEXT NOT NULL,
  `kind` TEXT NOT NULL CHECK (`kind` IN ('machine', 'custom')),
  `created` INTEGER NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE `pairing` (
  `code_hash` TEXT PRIMARY KEY,
  `expires` INTEGER NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE `device` (
  `id` INTEGER PRIMARY KEY AUTOINCREMENT,
  `name` TEXT NOT NULL,
  `created` INTEGER NOT NULL,
  `last_seen` INTEGER NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE `session` (
  `token_hash` TEXT PRIMARY KEY,
  `device` INTEGER NOT NULL REFERENCES `device` (`id`) ON DELETE CASCADE,
  `created` INTEGER NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE `process` (
  `name` TEXT PRIMARY KEY,
  `pid` INTEGER NOT NULL,
  `started_at` INTEGER NOT NULL
) STRICT;
