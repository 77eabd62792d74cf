-- Names are ordered and compared byte by byte in every database, so that paging is the same everywhere:
-- ${collation} is empty for SQLite, which does so by itself.

CREATE TABLE databases (
  id         VARCHAR(36) NOT NULL PRIMARY KEY,
  name       TEXT ${collation} NOT NULL UNIQUE,
  location   TEXT NOT NULL,
  owner      TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  created_by TEXT NOT NULL,
  updated_at BIGINT NOT NULL,
  updated_by TEXT NOT NULL
);

CREATE TABLE database_options (
  database_id  VARCHAR(36) NOT NULL REFERENCES databases (id) ON DELETE CASCADE,
  option_key   TEXT NOT NULL,
  option_value TEXT NOT NULL,
  PRIMARY KEY (database_id, option_key)
);

CREATE TABLE tables (
  id          VARCHAR(36) NOT NULL PRIMARY KEY,
  database_id VARCHAR(36) NOT NULL REFERENCES databases (id),
  name        TEXT ${collation} NOT NULL,
  type        TEXT NOT NULL,
  path        TEXT NOT NULL UNIQUE,
  is_external BOOLEAN NOT NULL,
  owner       TEXT NOT NULL,
  created_at  BIGINT NOT NULL,
  created_by  TEXT NOT NULL,
  updated_at  BIGINT NOT NULL,
  updated_by  TEXT NOT NULL,
  UNIQUE (database_id, name)
);

-- Partitions whose writer said that they are complete; which partitions exist is known from the table's files.
CREATE TABLE done_partitions (
  table_id       VARCHAR(36) NOT NULL REFERENCES tables (id) ON DELETE CASCADE,
  branch         TEXT NOT NULL,
  partition_name TEXT NOT NULL,
  marked_at      BIGINT NOT NULL,
  marked_by      TEXT NOT NULL,
  PRIMARY KEY (table_id, branch, partition_name)
);

-- Directories that are being made (CREATE) or are to be removed (DELETE, DELETE_IF_EMPTY). A record that outlives its
-- operation is what a crash left: the next start finishes it.
CREATE TABLE file_intents (
  id         VARCHAR(36) NOT NULL PRIMARY KEY,
  kind       TEXT NOT NULL,
  path       TEXT NOT NULL,
  table_id   VARCHAR(36),
  created_at BIGINT NOT NULL
);
