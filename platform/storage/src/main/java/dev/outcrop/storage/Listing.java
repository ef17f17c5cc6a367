package dev.outcrop.storage;

import java.util.function.Predicate;

/**
 * What to list and in which order. Rows equal in the order's key are told apart by id, so that a
 * row that is there all the while appears on exactly one page, whatever is added or deleted.
 *
 * @param parent whose children; empty for kinds without parents
 * @param filterText names the filter; a page token is good for the same text alone
 */
public record Listing<T>(
    String parent, Order order, boolean descending, String filterText, Predicate<T> filter) {

  /** What rows are sorted by. Both never change while a row lives, or pages would overlap. */
  public enum Order {
    CREATED,
    NAME
  }

  /** All of a kind without parents, oldest first. */
  public static <T> Listing<T> all() {
    return of("");
  }

  /** The children of a parent, oldest first. */
  public static <T> Listing<T> of(String parent) {
    return new Listing<>(parent, Order.CREATED, false, "", row -> true);
  }

  public Listing<T> by(Order newOrder) {
    return new Listing<>(parent, newOrder, descending, filterText, filter);
  }

  public Listing<T> reversed() {
    return new Listing<>(parent, order, !descending, filterText, filter);
  }

  /**
   * Keeps the rows that pass, too.
   *
   * @param text the filter with its values, for example {@code "status=FAILED"}
   */
  public Listing<T> where(String text, Predicate<T> more) {
    return new Listing<>(parent, order, descending, filterText + '\n' + text, filter.and(more));
  }
}
