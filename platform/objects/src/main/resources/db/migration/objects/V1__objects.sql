-- Kept to what SQLite and PostgreSQL share. Times are milliseconds since 1970. Keys sort by their
-- UTF-8 bytes, as S3's do: SQLite's own order, COLLATE "C" elsewhere.

CREATE TABLE s3_bucket (
  name    VARCHAR(63) NOT NULL PRIMARY KEY,
  account VARCHAR(12) NOT NULL,
  region  VARCHAR(32) NOT NULL,
  created BIGINT      NOT NULL,
  folder  TEXT                  -- a user's folder served as it is; null: objects are kept here
);

CREATE TABLE s3_object (
  id         VARCHAR(32)   NOT NULL PRIMARY KEY,
  bucket     VARCHAR(63)   NOT NULL,
  object_key VARCHAR(1024) NOT NULL,
  size       BIGINT        NOT NULL,
  etag       VARCHAR(64)   NOT NULL,
  modified   BIGINT        NOT NULL,
  head       TEXT          NOT NULL -- the answer to HeadObject, as JSON
);
CREATE UNIQUE INDEX s3_object_key ON s3_object (bucket, object_key);

-- The files that an object's bytes are in: one, or one for each part of a multipart upload.
CREATE TABLE s3_piece (
  object_id VARCHAR(32) NOT NULL,
  number    INTEGER     NOT NULL,
  blob      VARCHAR(32) NOT NULL,
  size      BIGINT      NOT NULL,
  PRIMARY KEY (object_id, number)
);
CREATE INDEX s3_piece_blob ON s3_piece (blob);

CREATE TABLE s3_upload (
  id         VARCHAR(32)   NOT NULL PRIMARY KEY,
  bucket     VARCHAR(63)   NOT NULL,
  object_key VARCHAR(1024) NOT NULL,
  initiated  BIGINT        NOT NULL,
  request    TEXT          NOT NULL -- the CreateMultipartUpload request, as JSON
);
CREATE INDEX s3_upload_key ON s3_upload (bucket, object_key, id);

CREATE TABLE s3_part (
  upload_id VARCHAR(32) NOT NULL,
  number    INTEGER     NOT NULL,
  blob      VARCHAR(32) NOT NULL,
  size      BIGINT      NOT NULL,
  etag      VARCHAR(64) NOT NULL,
  checksum  VARCHAR(128),          -- base64, of the upload's algorithm
  modified  BIGINT      NOT NULL,
  PRIMARY KEY (upload_id, number)
);
CREATE INDEX s3_part_blob ON s3_part (blob);
