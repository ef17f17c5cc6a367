package dev.outcrop.jobs;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import dev.outcrop.storage.Database;
import dev.outcrop.wire.RequestContext;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;

/** The table {@code job}: what db-scheduler does not keep. */
final class JobTable {
  static final String SCHEDULE = "job_schedule";

  private static final Table<Record> JOB = table(name("job"));
  private static final Field<String> KIND = field(name("kind"), String.class);
  private static final Field<String> ID = field(name("id"), String.class);
  private static final Field<String> PAYLOAD = field(name("payload"), String.class);
  private static final Field<String> STATE = field(name("state"), String.class);
  private static final Field<Boolean> CANCELLED = field(name("cancelled"), Boolean.class);
  private static final Field<Integer> STARTS = field(name("starts"), Integer.class);
  private static final Field<Integer> FAILURES = field(name("failures"), Integer.class);
  private static final Field<String> ACCOUNT = field(name("account"), String.class);
  private static final Field<String> REGION = field(name("region"), String.class);
  private static final Field<String> CALLER = field(name("caller"), String.class);
  private static final Field<String> KEY = field(name("used_key"), String.class);
  private static final Field<String> REQUEST_ID = field(name("request_id"), String.class);
  private static final Field<Boolean> PICKED = field(name("picked"), Boolean.class);
  private static final Field<String> PICKED_BY = field(name("picked_by"), String.class);

  private final Database database;

  JobTable(Database database) {
    database.migrate("jobs", 2, JobTable.class);
    this.database = database;
  }

  /** A row: the job, how it went so far, and for whom it runs. */
  record Entry(
      Job job, String state, boolean cancelled, int starts, int failures, RequestContext context) {}

  boolean isEmpty() {
    return !database.read(sql -> sql.fetchExists(JOB));
  }

  /** Adds a job on behalf of the current request; false when one of that id is active. */
  boolean insert(Job job) {
    RequestContext context = RequestContext.current();
    return database.write(
            sql ->
                sql.insertInto(JOB)
                    .set(KIND, job.kind())
                    .set(ID, job.id())
                    .set(PAYLOAD, job.payload())
                    .set(CANCELLED, false)
                    .set(STARTS, 0)
                    .set(FAILURES, 0)
                    .set(ACCOUNT, context.account())
                    .set(REGION, context.region())
                    .set(CALLER, context.caller())
                    .set(KEY, context.key())
                    .set(REQUEST_ID, context.requestId())
                    .onConflictDoNothing()
                    .execute())
        == 1;
  }

  Optional<Entry> find(String kind, String id) {
    return database.read(
        sql -> sql.select().from(JOB).where(row(kind, id)).fetchOptional(JobTable::entry));
  }

  void delete(Job job) {
    database.write(sql -> sql.deleteFrom(JOB).where(row(job.kind(), job.id())).execute());
  }

  void cancelled(Job job) {
    set(job, CANCELLED, true);
  }

  void starts(Job job, int starts) {
    set(job, STARTS, starts);
  }

  /** A failure is an end in order: starts are counted from here. */
  void failures(Job job, int failures) {
    set(job, STARTS, 0);
    set(job, FAILURES, failures);
  }

  /** Saving is progress: starts are counted from here. */
  void state(Job job, String state) {
    database.write(
        sql -> {
          set(job, STARTS, 1);
          set(job, STATE, state);
          return null;
        });
  }

  /**
   * Takes the jobs of processes that are gone. The database is a file of this process alone, so
   * nobody else is running one now; with a shared database the missing heartbeats tell instead.
   */
  void releaseAll() {
    database.write(
        sql ->
            sql.update(table(name(SCHEDULE)))
                .set(PICKED, false)
                .setNull(PICKED_BY)
                .where(PICKED.isTrue())
                .execute());
  }

  private <V> void set(Job job, Field<V> field, V value) {
    database.write(
        sql -> sql.update(JOB).set(field, value).where(row(job.kind(), job.id())).execute());
  }

  private static Condition row(String kind, String id) {
    return KIND.eq(kind).and(ID.eq(id));
  }

  private static Entry entry(Record row) {
    RequestContext context =
        new RequestContext(
            row.get(REQUEST_ID),
            row.get(ACCOUNT),
            row.get(REGION),
            row.get(CALLER),
            row.get(KEY),
            null);
    Job job = new Job(row.get(KIND), row.get(ID), row.get(PAYLOAD));
    return new Entry(
        job, row.get(STATE), row.get(CANCELLED), row.get(STARTS), row.get(FAILURES), context);
  }
}
