package dev.outcrop.models.compatible;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outcrop.storage.Database;
import dev.outcrop.wire.RequestContext;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;

/**
 * The answers that clients wanted stored, for thirty days. Each is seen by the key that asked for
 * it alone.
 */
final class ResponseStore {

  private static final int SCHEMA = 1;
  private static final Duration KEPT = Duration.ofDays(30);

  /** Longest chain of answers that go on from one another, and the most of its text. */
  private static final int MAX_CHAIN = 1000;

  private static final long MAX_CHARACTERS = 64L << 20;

  private static final Table<Record> RESPONSES = table(name("stored_response"));
  private static final Field<String> ID = field(name("id"), String.class);
  private static final Field<String> OWNER = field(name("owner"), String.class);
  private static final Field<Long> CREATED = field(name("created"), Long.class);
  private static final Field<String> PREVIOUS = field(name("previous"), String.class);
  private static final Field<String> RESPONSE = field(name("response"), String.class);
  private static final Field<String> INPUT = field(name("input"), String.class);

  private final Database database;
  private final InstantSource clock;
  private volatile boolean migrated;

  ResponseStore(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  /** Most servers never need the table, so that it is not looked after when they start. */
  private Database database() {
    if (!migrated) {
      synchronized (this) {
        if (!migrated) {
          database.migrate("compatible", SCHEMA, ResponseStore.class);
          migrated = true;
        }
      }
    }
    return database;
  }

  long now() {
    return clock.instant().getEpochSecond();
  }

  /** Keeps an answer; it is on the disk when this returns. Those that are too old go. */
  void add(RequestContext context, StoredResponse stored) {
    database()
        .write(
            sql -> {
              sql.deleteFrom(RESPONSES).where(CREATED.lt(now() - KEPT.toSeconds())).execute();
              return sql.insertInto(RESPONSES)
                  .set(ID, stored.id())
                  .set(OWNER, owner(context))
                  .set(CREATED, stored.created())
                  .set(PREVIOUS, stored.previous())
                  .set(RESPONSE, text(Json.bytes(stored.response())))
                  .set(INPUT, text(Json.bytes(stored.input())))
                  .execute();
            });
  }

  Optional<StoredResponse> find(RequestContext context, String id) {
    return database()
        .read(sql -> sql.selectFrom(RESPONSES).where(own(context, id)).fetchOptional(this::stored));
  }

  boolean delete(RequestContext context, String id) {
    return database().write(sql -> sql.deleteFrom(RESPONSES).where(own(context, id)).execute()) > 0;
  }

  /**
   * An answer and all that it goes on from, oldest first.
   *
   * @throws ApiException when one of them is not there, or they are too many
   */
  List<StoredResponse> chain(RequestContext context, String last) {
    Deque<StoredResponse> chain = new ArrayDeque<>();
    long characters = 0;
    for (String id = last; !id.isEmpty(); id = chain.getFirst().previous()) {
      String missing = id;
      StoredResponse found =
          find(context, id).orElseThrow(() -> new ApiException(previousNotFound(missing)));
      chain.addFirst(found);
      characters += found.response().toString().length() + found.input().toString().length();
      if (chain.size() > MAX_CHAIN || characters > MAX_CHARACTERS) {
        throw new ApiException(
            ApiError.invalid(
                "previous_response_too_long",
                "previous_response_id",
                "The conversation is longer than this server goes on from, begin a new one."));
      }
    }
    return List.copyOf(chain);
  }

  private static ApiError previousNotFound(String id) {
    return ApiError.invalid(
        "previous_response_not_found",
        "previous_response_id",
        "Previous response with id '" + id + "' not found.");
  }

  private Condition own(RequestContext context, String id) {
    return ID.eq(id).and(OWNER.eq(owner(context))).and(CREATED.ge(now() - KEPT.toSeconds()));
  }

  private static String owner(RequestContext context) {
    return context.account() + "/" + context.key();
  }

  private StoredResponse stored(Record row) {
    return new StoredResponse(
        row.get(ID),
        row.get(CREATED),
        row.get(PREVIOUS),
        (ObjectNode) Json.read(row.get(RESPONSE)),
        (ArrayNode) Json.read(row.get(INPUT)));
  }

  private static String text(byte[] json) {
    return new String(json, StandardCharsets.UTF_8);
  }
}
