-- Kept to what SQLite and PostgreSQL share. Times are milliseconds since 1970, costs billionths of a
-- US dollar. Empty text stands for none.

-- Every call of a model for as long as calls are kept.
CREATE TABLE call_record (
  started     BIGINT        NOT NULL,
  request_id  VARCHAR(64)   NOT NULL,
  account     VARCHAR(12)   NOT NULL,
  region      VARCHAR(32)   NOT NULL,
  used_key    VARCHAR(128)  NOT NULL,
  profile     VARCHAR(2048) NOT NULL, -- ARN of the application inference profile
  operation   VARCHAR(128)  NOT NULL,
  asked       VARCHAR(2048) NOT NULL, -- the model id as the client sent it
  served      VARCHAR(256)  NOT NULL, -- the model that answered or was tried last
  input       BIGINT        NOT NULL,
  output      BIGINT        NOT NULL,
  cache_read  BIGINT        NOT NULL,
  cache_write BIGINT        NOT NULL,
  images      BIGINT        NOT NULL,
  cost        BIGINT        NOT NULL,
  latency     BIGINT        NOT NULL,
  first_token BIGINT        NOT NULL, -- -1: nothing was streamed
  failure     VARCHAR(256)  NOT NULL, -- the error's code
  stop_reason VARCHAR(64)   NOT NULL
);
CREATE INDEX call_record_started ON call_record (started);

-- What the calls of a day come to, kept for good. Written with the calls, in one transaction.
CREATE TABLE usage_day (
  epoch_day   BIGINT        NOT NULL,
  account     VARCHAR(12)   NOT NULL,
  region      VARCHAR(32)   NOT NULL,
  used_key    VARCHAR(128)  NOT NULL,
  profile     VARCHAR(2048) NOT NULL,
  served      VARCHAR(256)  NOT NULL,
  calls       BIGINT        NOT NULL,
  failures    BIGINT        NOT NULL,
  input       BIGINT        NOT NULL,
  output      BIGINT        NOT NULL,
  cache_read  BIGINT        NOT NULL,
  cache_write BIGINT        NOT NULL,
  images      BIGINT        NOT NULL,
  cost        BIGINT        NOT NULL,
  latency     BIGINT        NOT NULL, -- the sum
  PRIMARY KEY (epoch_day, account, region, used_key, profile, served)
);
