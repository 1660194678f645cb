-- Who may do what: every device, code and token has a role; a viewer may be limited to one project (its key; NULL: all).
-- What was paired before may do everything, as it could.
ALTER TABLE `device` ADD COLUMN `role` TEXT NOT NULL DEFAULT 'owner' CHECK (`role` IN ('owner', 'viewer'));
--> statement-breakpoint
ALTER TABLE `device` ADD COLUMN `project` TEXT;
--> statement-breakpoint
ALTER TABLE `pairing` ADD COLUMN `role` TEXT NOT NULL DEFAULT 'owner' CHECK (`role` IN ('owner', 'viewer'));
--> statement-breakpoint
ALTER TABLE `pairing` ADD COLUMN `project` TEXT;
--> statement-breakpoint
-- A code with a device is one more session for that device, not a new device.
ALTER TABLE `pairing` ADD COLUMN `device` INTEGER REFERENCES `device` (`id`) ON DELETE CASCADE;
--> statement-breakpoint
ALTER TABLE `session` ADD COLUMN `used` INTEGER NOT NULL DEFAULT 0;
--> statement-breakpoint
-- When another token was given out in this one's place, and when this one ends because that one was used.
ALTER TABLE `session` ADD COLUMN `replaced` INTEGER;
--> statement-breakpoint
ALTER TABLE `session` ADD COLUMN `ends` INTEGER;
--> statement-breakpoint
-- Hash of the token in whose place this one was given out, until this one is used.
ALTER TABLE `session` ADD COLUMN `previous` TEXT;
--> statement-breakpoint
UPDATE `session` SET `used` = (SELECT `last_seen` FROM `device` WHERE `device`.`id` = `session`.`device`);
--> statement-breakpoint
CREATE INDEX `session_of_device` ON `session` (`device`);
--> statement-breakpoint
-- What scripts show to read.
CREATE TABLE `token` (
  `id` INTEGER PRIMARY KEY AUTOINCREMENT,
  `token_hash` TEXT NOT NULL UNIQUE,
  `name` TEXT NOT NULL,
  `project` TEXT,
  `created` INTEGER NOT NULL,
  `last_used` INTEGER
) STRICT;
--> statement-breakpoint
-- Keys with which a device signs in again. The secret half never leaves the device.
CREATE TABLE `passkey` (
  `id` TEXT PRIMARY KEY,
  `device` INTEGER NOT NULL REFERENCES `device` (`id`) ON DELETE CASCADE,
  `host` TEXT NOT NULL,
  `public_key` BLOB NOT NULL,
  `counter` INTEGER NOT NULL,
  `created` INTEGER NOT NULL
) STRICT;
