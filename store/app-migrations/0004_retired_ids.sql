-- Ids that opened a project once and never will again: nobody's first point makes a project of one.
CREATE TABLE `retired_id` (
  `id_hash` TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;
