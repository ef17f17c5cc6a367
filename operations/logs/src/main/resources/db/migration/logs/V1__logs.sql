-- Times are milliseconds since 1970.

CREATE TABLE log_group (
  id        INTEGER PRIMARY KEY AUTOINCREMENT, -- never given twice: events of a deleted group stay gone
  account   VARCHAR(12)  NOT NULL,
  region    VARCHAR(32)  NOT NULL,
  name      VARCHAR(512) NOT NULL,
  created   BIGINT       NOT NULL,
  retention INTEGER      NOT NULL, -- days; 0 is for ever
  guarded   INTEGER      NOT NULL, -- 1: can't be deleted
  stored    BIGINT       NOT NULL, -- bytes, 26 for each event beside its text
  UNIQUE (account, region, name)
);

CREATE TABLE log_stream (
  id        INTEGER PRIMARY KEY AUTOINCREMENT,
  log_group BIGINT       NOT NULL,
  name      VARCHAR(512) NOT NULL,
  created   BIGINT       NOT NULL,
  first     BIGINT       NOT NULL, -- time of the oldest event; 0 without any
  last      BIGINT       NOT NULL, -- time of the newest event
  ingested  BIGINT       NOT NULL, -- when the last one came
  UNIQUE (log_group, name)
);

CREATE TABLE log_event (
  id         INTEGER PRIMARY KEY,
  log_group  BIGINT NOT NULL,
  log_stream BIGINT NOT NULL,
  happened   BIGINT NOT NULL,
  ingested   BIGINT NOT NULL,
  message    TEXT   NOT NULL
);
CREATE INDEX log_event_stream ON log_event (log_stream, happened, id);
CREATE INDEX log_event_group ON log_event (log_group, happened, id);
