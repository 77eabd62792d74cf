-- Schemas of tables that have no schema files of their own: what lies in a format table's directory is data.

CREATE TABLE table_schemas (
  table_id VARCHAR(36) NOT NULL PRIMARY KEY REFERENCES tables (id) ON DELETE CASCADE,
  schema   TEXT NOT NULL
);
