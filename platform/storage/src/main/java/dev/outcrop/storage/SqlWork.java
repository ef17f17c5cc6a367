package dev.outcrop.storage;

import org.jooq.DSLContext;

/** What is to be done in one transaction. Keep it short: no network, no models, no waiting. */
@FunctionalInterface
public interface SqlWork<T, X extends Exception> {
  T run(DSLContext sql) throws X;
}
