-- Metrics as CloudWatch keeps them. Times are milliseconds since 1970.

CREATE TABLE metric_series (
  series     VARCHAR(64)  NOT NULL PRIMARY KEY, -- a digest of all that follows but last_seen
  account    VARCHAR(12)  NOT NULL,
  region     VARCHAR(32)  NOT NULL,
  namespace  VARCHAR(255) NOT NULL,
  metric     VARCHAR(255) NOT NULL,
  dimensions TEXT         NOT NULL, -- JSON: {name: value, …} by name
  last_seen  BIGINT       NOT NULL
);
CREATE INDEX metric_series_name ON metric_series (account, region, namespace, metric, dimensions);

CREATE TABLE metric_point (
  series     VARCHAR(64)      NOT NULL,
  resolution BIGINT           NOT NULL, -- seconds that the point stands for: 1, 60, 300 or 3600
  started    BIGINT           NOT NULL,
  unit       VARCHAR(32)      NOT NULL,
  samples    DOUBLE PRECISION NOT NULL,
  total      DOUBLE PRECISION NOT NULL,
  least      DOUBLE PRECISION NOT NULL,
  most       DOUBLE PRECISION NOT NULL,
  spread     ${bytes},                  -- values and how often each came; null: not known
  PRIMARY KEY (series, resolution, started, unit)
);
CREATE INDEX metric_point_age ON metric_point (resolution, started);
