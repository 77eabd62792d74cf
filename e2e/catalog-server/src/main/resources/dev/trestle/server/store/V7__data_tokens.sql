-- Keys that were vended for the files of tables. Their secrets are not here: they follow from the store's own key.

CREATE TABLE data_tokens (
  access_key_id TEXT NOT NULL PRIMARY KEY,
  table_id      VARCHAR(36) NOT NULL REFERENCES tables (id) ON DELETE CASCADE,
  expires_at    BIGINT NOT NULL,
  issued_at     BIGINT NOT NULL,
  issued_to     TEXT NOT NULL
);

CREATE INDEX data_tokens_of_table ON data_tokens (table_id, expires_at);
