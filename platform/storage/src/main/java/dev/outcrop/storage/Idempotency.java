package dev.outcrop.storage;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import dev.outcrop.wire.RequestContext;
import dev.outcrop.wire.SdkJson;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Supplier;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record2;
import software.amazon.awssdk.core.SdkPojo;

/**
 * Does what a request with a client token asks for once: the same token with the same request gets
 * the first answer again, for a day.
 *
 * <pre>{@code
 * return idempotency.once(request.clientToken(), request, CreateKnowledgeBaseResponse::builder,
 *     () -> {
 *       resources.create(id, base);
 *       jobs.submit("create-knowledge-base", id, payload);
 *       return CreateKnowledgeBaseResponse.builder().knowledgeBase(base).build();
 *     });
 * }</pre>
 *
 * <p>Work and token are one transaction: either both are kept or neither, and a call that failed
 * may be tried again with its token. Keep the work short, as in every {@link Database#write}.
 */
public final class Idempotency {
  static final Duration KEPT = Duration.ofHours(24);

  private static final Field<String> ACCOUNT = field(name("account"), String.class);
  private static final Field<String> REGION = field(name("region"), String.class);
  private static final Field<String> REQUEST = field(name("request"), String.class);
  private static final Field<String> TOKEN = field(name("token"), String.class);
  private static final Field<String> DIGEST = field(name("digest"), String.class);
  private static final Field<String> ANSWER = field(name("answer"), String.class);
  private static final Field<Long> EXPIRES = field(name("expires"), Long.class);

  private final Database database;
  private final InstantSource clock;

  public Idempotency(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  /**
   * Does the work, or returns what it returned when the token was first used.
   *
   * @param token null or empty: no token was given, the work is done
   * @param request all of it counts when requests are compared, maps in any order
   * @param builder of the answer's class
   * @throws StorageException.TokenReused when the token came with another request
   */
  public <R extends SdkPojo> R once(
      String token, SdkPojo request, Supplier<? extends SdkPojo> builder, Supplier<R> work) {
    if (token == null || token.isEmpty()) {
      return database.write(sql -> work.get());
    }
    String digest = CanonicalJson.digest(SdkJson.write(request));
    return database.write(
        sql -> {
          forgetExpired(sql);
          Record2<String, String> first = first(sql, token, request);
          if (first != null) {
            return repeated(first, digest, builder);
          }
          R answer = work.get();
          remember(sql, token, request, digest, answer);
          return answer;
        });
  }

  /**
   * The same with a check that a repetition has no need of: what the first request named can be
   * gone by then. It comes before the transaction, so it may ask other services.
   */
  public <R extends SdkPojo> R once(
      String token,
      SdkPojo request,
      Supplier<? extends SdkPojo> builder,
      Runnable check,
      Supplier<R> work) {
    if (token != null && !token.isEmpty()) {
      Record2<String, String> first = database.read(sql -> first(sql, token, request));
      if (first != null) {
        return repeated(first, CanonicalJson.digest(SdkJson.write(request)), builder);
      }
    }
    check.run();
    return once(token, request, builder, work);
  }

  private static <R extends SdkPojo> R repeated(
      Record2<String, String> first, String digest, Supplier<? extends SdkPojo> builder) {
    if (!first.value1().equals(digest)) {
      throw new StorageException.TokenReused();
    }
    return SdkJson.read(first.value2().getBytes(StandardCharsets.UTF_8), builder);
  }

  private void forgetExpired(DSLContext sql) {
    sql.deleteFrom(table(name("client_token"))).where(EXPIRES.le(clock.millis())).execute();
  }

  private Record2<String, String> first(DSLContext sql, String token, SdkPojo request) {
    RequestContext context = RequestContext.current();
    Condition sameToken =
        ACCOUNT
            .eq(context.account())
            .and(REGION.eq(context.region()))
            .and(REQUEST.eq(request.getClass().getName()))
            .and(TOKEN.eq(token))
            .and(EXPIRES.gt(clock.millis()));
    return sql.select(DIGEST, ANSWER).from(table(name("client_token"))).where(sameToken).fetchOne();
  }

  private void remember(
      DSLContext sql, String token, SdkPojo request, String digest, SdkPojo answer) {
    RequestContext context = RequestContext.current();
    sql.insertInto(table(name("client_token")))
        .set(ACCOUNT, context.account())
        .set(REGION, context.region())
        .set(REQUEST, request.getClass().getName())
        .set(TOKEN, token)
        .set(DIGEST, digest)
        .set(ANSWER, new String(SdkJson.write(answer), StandardCharsets.UTF_8))
        .set(EXPIRES, clock.millis() + KEPT.toMillis())
        .execute();
  }
}
