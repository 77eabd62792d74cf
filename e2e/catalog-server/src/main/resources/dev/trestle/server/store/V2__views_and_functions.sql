-- What a view or function is, but for its name, is one JSON text: nothing is searched in it.

CREATE TABLE views (
  id          VARCHAR(36) NOT NULL PRIMARY KEY,
  database_id VARCHAR(36) NOT NULL REFERENCES databases (id) ON DELETE CASCADE,
  name        TEXT ${collation} NOT NULL,
  definition  TEXT NOT NULL,
  owner       TEXT NOT NULL,
  created_at  BIGINT NOT NULL,
  created_by  TEXT NOT NULL,
  updated_at  BIGINT NOT NULL,
  updated_by  TEXT NOT NULL,
  UNIQUE (database_id, name)
);

CREATE TABLE functions (
  id          VARCHAR(36) NOT NULL PRIMARY KEY,
  database_id VARCHAR(36) NOT NULL REFERENCES databases (id) ON DELETE CASCADE,
  name        TEXT ${collation} NOT NULL,
  definition  TEXT NOT NULL,
  owner       TEXT NOT NULL,
  created_at  BIGINT NOT NULL,
  created_by  TEXT NOT NULL,
  updated_at  BIGINT NOT NULL,
  updated_by  TEXT NOT NULL,
  UNIQUE (database_id, name)
);
