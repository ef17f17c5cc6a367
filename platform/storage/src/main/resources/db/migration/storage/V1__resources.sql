-- Kept to what SQLite and PostgreSQL share. Times are milliseconds since 1970, bodies are JSON.

CREATE TABLE resource (
  account     VARCHAR(12)  NOT NULL,
  region      VARCHAR(32)  NOT NULL,
  kind        VARCHAR(128) NOT NULL,
  parent      VARCHAR(512) NOT NULL, -- empty: none
  id          VARCHAR(512) NOT NULL,
  name        VARCHAR(512) NOT NULL, -- to sort by; the id when a kind has no names
  unique_name VARCHAR(512),          -- null: the kind allows the same name twice
  version     BIGINT       NOT NULL, -- one more at every update
  created     BIGINT       NOT NULL,
  updated     BIGINT       NOT NULL,
  body        TEXT         NOT NULL,
  PRIMARY KEY (account, region, kind, parent, id)
);
CREATE UNIQUE INDEX resource_unique_name ON resource (account, region, kind, parent, unique_name);
CREATE INDEX resource_by_created ON resource (account, region, kind, parent, created, id);
CREATE INDEX resource_by_name ON resource (account, region, kind, parent, name, id);

CREATE TABLE client_token (
  account VARCHAR(12)  NOT NULL,
  region  VARCHAR(32)  NOT NULL,
  request VARCHAR(256) NOT NULL, -- the request's class: tokens of different operations never meet
  token   VARCHAR(512) NOT NULL,
  digest  VARCHAR(64)  NOT NULL, -- SHA-256 of the request in canonical form
  answer  TEXT         NOT NULL,
  expires BIGINT       NOT NULL,
  PRIMARY KEY (account, region, request, token)
);
CREATE INDEX client_token_expires ON client_token (expires);

CREATE TABLE tag (
  arn       VARCHAR(2048) NOT NULL,
  tag_key   VARCHAR(128)  NOT NULL,
  tag_value VARCHAR(256)  NOT NULL,
  PRIMARY KEY (arn, tag_key)
);

-- What this installation made for itself once, such as the key that signs page tokens.
CREATE TABLE installation (
  name  VARCHAR(64) NOT NULL PRIMARY KEY,
  value TEXT        NOT NULL
);
