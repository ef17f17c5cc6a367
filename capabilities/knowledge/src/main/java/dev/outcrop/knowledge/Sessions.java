package dev.outcrop.knowledge;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import dev.outcrop.knowledge.index.Attribute;
import dev.outcrop.knowledge.index.AttributeJson;
import dev.outcrop.storage.Database;
import dev.outcrop.wire.RequestContext;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;

/** Conversations of RetrieveAndGenerate; each ends a day after its last question. */
final class Sessions {
  static final Duration KEPT = Duration.ofHours(24);

  /** What models get to see of the past: ten questions with their answers. */
  private static final int TURNS = 20;

  private static final Table<Record> TABLE = table(name("knowledge_session"));
  private static final Field<String> ID = field(name("id"), String.class);
  private static final Field<String> ACCOUNT = field(name("account"), String.class);
  private static final Field<String> BASE = field(name("knowledge_base"), String.class);
  private static final Field<String> SAID = field(name("turns"), String.class);
  private static final Field<Long> UPDATED = field(name("updated"), Long.class);

  private final Database database;
  private final InstantSource clock;

  Sessions(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  /**
   * A conversation.
   *
   * @param turns question, answer, question, answer…, oldest first
   */
  record Session(String id, List<String> turns) {}

  /** A new session, or the one with this id; ValidationException when there is none. */
  Session open(String id, String base) {
    if (id == null) {
      return new Session(UUID.randomUUID().toString(), List.of());
    }
    String turns =
        database.read(
            sql ->
                sql.select(SAID)
                    .from(TABLE)
                    .where(ID.eq(id))
                    .and(ACCOUNT.eq(RequestContext.current().account()))
                    .and(BASE.eq(base))
                    .and(UPDATED.gt(clock.millis() - KEPT.toMillis()))
                    .fetchOne(SAID));
    if (turns == null) {
      throw RetrievalErrors.invalid(
          "Session with Id " + id + " is not valid. Please check and try again.");
    }
    return new Session(id, ((Attribute.Texts) AttributeJson.read(turns).get("turns")).values());
  }

  /** Adds a question and its answer; forgets sessions that have expired. */
  void add(Session session, String base, String question, String answer) {
    List<String> turns = new ArrayList<>(session.turns());
    turns.add(question);
    turns.add(answer);
    List<String> kept = turns.subList(Math.max(0, turns.size() - TURNS), turns.size());
    String json = AttributeJson.write(Map.of("turns", new Attribute.Texts(List.copyOf(kept))));
    database.write(
        sql -> {
          sql.deleteFrom(TABLE).where(UPDATED.le(clock.millis() - KEPT.toMillis())).execute();
          return sql.insertInto(TABLE)
              .set(ID, session.id())
              .set(ACCOUNT, RequestContext.current().account())
              .set(BASE, base)
              .set(SAID, json)
              .set(UPDATED, clock.millis())
              .onConflict(ID)
              .doUpdate()
              .set(SAID, json)
              .set(UPDATED, clock.millis())
              .execute();
        });
  }
}
