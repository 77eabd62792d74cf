-- What a user may read of a table: row filters and column masks, in the JSON of the REST API. The user '' stands for all
-- who have no rules of their own.
CREATE TABLE query_auth (
  table_id       VARCHAR(36) NOT NULL REFERENCES tables (id) ON DELETE CASCADE,
  user_name      TEXT NOT NULL,
  row_filters    TEXT NOT NULL,
  column_masking TEXT NOT NULL,
  PRIMARY KEY (table_id, user_name)
);
