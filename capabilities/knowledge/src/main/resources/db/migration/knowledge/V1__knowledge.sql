-- Kept to what SQLite and PostgreSQL share. Times are milliseconds since 1970.

-- What is known of each document: what a scan saw of it last and what the index holds of it.
CREATE TABLE knowledge_document (
  knowledge_base   VARCHAR(10)   NOT NULL,
  data_source      VARCHAR(10)   NOT NULL,
  kind             VARCHAR(8)    NOT NULL, -- S3 or CUSTOM
  id               VARCHAR(2048) NOT NULL, -- S3 URI or the client's own id
  status           VARCHAR(32)   NOT NULL,
  reason           TEXT,
  seen_version     VARCHAR(256),           -- ETag of the object at the last scan
  seen_size        BIGINT        NOT NULL,
  seen_metadata    VARCHAR(256),           -- ETag of its metadata file at the last scan
  seen_by          VARCHAR(10),            -- the ingestion job that saw the object last
  version          VARCHAR(256),           -- ETag of what is in the index
  metadata_version VARCHAR(256),
  done_by          VARCHAR(10),            -- the ingestion job that indexed it or gave it up last
  chunks           INTEGER       NOT NULL,
  updated          BIGINT        NOT NULL,
  PRIMARY KEY (knowledge_base, data_source, kind, id)
);

-- Documents sent in or to be deleted by request, until that is done; in order.
CREATE TABLE knowledge_submission (
  seq            BIGINT        NOT NULL PRIMARY KEY,
  knowledge_base VARCHAR(10)   NOT NULL,
  data_source    VARCHAR(10)   NOT NULL,
  kind           VARCHAR(8)    NOT NULL,
  id             VARCHAR(2048) NOT NULL,
  body           TEXT          -- the document as sent; null: delete it
);
CREATE INDEX knowledge_submission_source ON knowledge_submission (knowledge_base, data_source, seq);

-- Conversations of RetrieveAndGenerate.
CREATE TABLE knowledge_session (
  id             VARCHAR(64) NOT NULL PRIMARY KEY,
  account        VARCHAR(12) NOT NULL,
  knowledge_base VARCHAR(10) NOT NULL,
  turns          TEXT        NOT NULL, -- JSON list of question, answer, question, answer, …
  updated        BIGINT      NOT NULL
);
CREATE INDEX knowledge_session_updated ON knowledge_session (updated);
