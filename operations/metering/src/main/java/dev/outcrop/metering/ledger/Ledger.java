package dev.outcrop.metering.ledger;

import dev.outcrop.models.calls.CallObserver;
import dev.outcrop.models.calls.ModelCall;
import dev.outcrop.storage.Database;
import java.time.Duration;
import java.time.InstantSource;

/**
 * Writes every call of a model, failed and refused ones too, before its client has the answer: what
 * was answered is in the ledger, however the process ends. A call whose row cannot be written
 * fails.
 */
public final class Ledger implements CallObserver {
  /** Rows deleted in one transaction, which makes callers wait. */
  private static final int FORGOTTEN_AT_ONCE = 500;

  private final Database database;
  private final InstantSource clock;
  private final GroupCommit<LedgerRow> rows;

  /**
   * @param database with the tables of this module
   */
  public Ledger(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
    this.rows = new GroupCommit<>(new LedgerTable(database)::add);
  }

  @Override
  public Watch begin(ModelCall call) {
    return outcome -> rows.write(LedgerRow.of(call, outcome));
  }

  /**
   * Deletes the rows of calls older than this; what they add to their days stays.
   *
   * @return how many were deleted
   */
  public long forget(Duration kept) {
    long before = clock.millis() - kept.toMillis();
    long total = 0;
    int last;
    do {
      last = database.write(sql -> LedgerTable.forget(sql, before, FORGOTTEN_AT_ONCE));
      total += last;
    } while (last == FORGOTTEN_AT_ONCE);
    return total;
  }
}
