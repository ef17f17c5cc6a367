-- Kept to what SQLite and PostgreSQL share. Times are seconds since 1970. Empty text stands for none.

-- Answers of the Responses API that its clients wanted stored.
CREATE TABLE stored_response (
  id       VARCHAR(64)  NOT NULL PRIMARY KEY,
  owner    VARCHAR(160) NOT NULL, -- account and key that may see it
  created  BIGINT       NOT NULL,
  previous VARCHAR(64)  NOT NULL, -- the response that it goes on from
  response TEXT         NOT NULL, -- JSON, with what clients see only on demand
  input    TEXT         NOT NULL  -- JSON list of its own input items
);
CREATE INDEX stored_response_created ON stored_response (created);
