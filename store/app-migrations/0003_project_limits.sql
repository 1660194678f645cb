-- A project in the archive takes no points; limits that are NULL are those of the settings.
ALTER TABLE `project` ADD COLUMN `archived` INTEGER NOT NULL DEFAULT 0;
--> statement-breakpoint
ALTER TABLE `project` ADD COLUMN `max_series` INTEGER;
--> statement-breakpoint
ALTER TABLE `project` ADD COLUMN `max_points_per_second` INTEGER;
--> statement-breakpoint
ALTER TABLE `project` ADD COLUMN `max_age_seconds` INTEGER;
