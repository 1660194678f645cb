-- What the running programs tell each other: one row a signal, made here so that telling takes no room on the disk.
CREATE TABLE `signal` (
  `name` TEXT PRIMARY KEY CHECK (`name` IN ('watched', 'storage')),
  `until` INTEGER,
  `message` TEXT
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
INSERT INTO `signal` (`name`) VALUES ('watched'), ('storage');
