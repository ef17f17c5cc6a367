CREATE TABLE job (
  kind       VARCHAR(100)  NOT NULL,
  id         VARCHAR(512)  NOT NULL,
  payload    TEXT          NOT NULL,
  state      TEXT,                    -- what the handler saved to go on from
  cancelled  BOOLEAN       NOT NULL,
  starts     INTEGER       NOT NULL,  -- since the handler last saved its state
  failures   INTEGER       NOT NULL,  -- retried ones
  account    VARCHAR(12)   NOT NULL,  -- on whose behalf
  region     VARCHAR(32)   NOT NULL,
  caller     VARCHAR(2048) NOT NULL,
  request_id VARCHAR(64)   NOT NULL,
  PRIMARY KEY (kind, id)
);

-- The table of db-scheduler: when each job is due, and who is at it.
CREATE TABLE job_schedule (
  task_name            VARCHAR(100) NOT NULL,
  task_instance        VARCHAR(512) NOT NULL,
  task_data            ${bytes},
  execution_time       TIMESTAMP WITH TIME ZONE NOT NULL,
  picked               BOOLEAN      NOT NULL,
  picked_by            VARCHAR(50),
  last_success         TIMESTAMP WITH TIME ZONE,
  last_failure         TIMESTAMP WITH TIME ZONE,
  consecutive_failures INTEGER,
  last_heartbeat       TIMESTAMP WITH TIME ZONE,
  version              BIGINT       NOT NULL,
  priority             SMALLINT,
  PRIMARY KEY (task_name, task_instance)
);
CREATE INDEX job_schedule_due ON job_schedule (execution_time);
CREATE INDEX job_schedule_heartbeat ON job_schedule (last_heartbeat);
