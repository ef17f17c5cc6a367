package dev.outcrop.storage;

import static dev.outcrop.storage.ResourceTable.*;

import dev.outcrop.wire.RequestContext;
import java.util.ArrayList;
import java.util.List;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record3;
import org.jooq.Result;
import org.jooq.SortField;
import org.jooq.impl.DSL;
import software.amazon.awssdk.core.SdkPojo;

/**
 * Pages by the key of their last row ("keyset pagination"): a token says after which row to go on,
 * so a page costs the same wherever it is, and rows added or deleted meanwhile shift nothing.
 */
final class Pages<T extends SdkPojo> {
  static final int DEFAULT_SIZE = 100;

  private static final int MOST_AT_ONCE = 1000;

  private final Database database;
  private final Kind<T> kind;
  private final PageTokens tokens;

  Pages(Database database, Kind<T> kind) {
    this.database = database;
    this.kind = kind;
    this.tokens = new PageTokens(database);
  }

  private record Position(String key, String id) {}

  Page<T> fetch(Listing<T> listing, Integer maxResults, String nextToken) {
    int size = maxResults == null ? DEFAULT_SIZE : maxResults;
    if (size < 1) {
      throw new IllegalArgumentException("maxResults must be positive: " + size);
    }
    String purpose = purpose(listing);
    Position start = nextToken == null ? null : position(tokens.open(purpose, nextToken));
    return database.read(sql -> scan(sql, listing, purpose, size, start));
  }

  /** Reads on until the page is full and one more row is known to follow, or the rows end. */
  private Page<T> scan(
      DSLContext sql, Listing<T> listing, String purpose, int size, Position start) {
    List<T> items = new ArrayList<>();
    Position last = start;
    Position next = start;
    int batch = Math.min(size + 1, MOST_AT_ONCE);
    while (true) {
      Result<? extends Record3<?, String, String>> rows = rows(sql, listing, next, batch);
      for (Record3<?, String, String> row : rows) {
        next = new Position(String.valueOf(row.value1()), row.value2());
        T item = kind.read(row.value3());
        if (listing.filter().test(item)) {
          if (items.size() == size) {
            return new Page<>(items, tokens.seal(purpose, List.of(last.key(), last.id())));
          }
          items.add(item);
          last = next;
        }
      }
      if (rows.size() < batch) {
        return new Page<>(items, null);
      }
    }
  }

  private Result<? extends Record3<?, String, String>> rows(
      DSLContext sql, Listing<T> listing, Position after, int limit) {
    return switch (listing.order()) {
      case CREATED ->
          rows(
              sql,
              listing,
              CREATED,
              after == null ? null : Long.valueOf(after.key()),
              after,
              limit);
      case NAME -> rows(sql, listing, NAME, after == null ? null : after.key(), after, limit);
    };
  }

  private <K> Result<Record3<K, String, String>> rows(
      DSLContext sql, Listing<T> listing, Field<K> by, K key, Position after, int limit) {
    Condition wanted = children(kind.name(), listing.parent());
    if (after != null) {
      var here = DSL.row(by, ID);
      var there = DSL.row(key, after.id());
      wanted = wanted.and(listing.descending() ? here.lt(there) : here.gt(there));
    }
    return sql.select(by, ID, BODY)
        .from(RESOURCE)
        .where(wanted)
        .orderBy(sort(by, listing), sort(ID, listing))
        .limit(limit)
        .fetch();
  }

  private static <K> SortField<K> sort(Field<K> by, Listing<?> listing) {
    return listing.descending() ? by.desc() : by.asc();
  }

  private static Position position(List<String> parts) {
    return new Position(parts.getFirst(), parts.getLast());
  }

  private String purpose(Listing<T> listing) {
    RequestContext context = RequestContext.current();
    return String.join(
        "\n",
        context.account(),
        context.region(),
        kind.name(),
        listing.parent(),
        listing.order().name(),
        Boolean.toString(listing.descending()),
        listing.filterText());
  }
}
