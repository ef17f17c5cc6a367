package dev.outcrop.storage;

import static dev.outcrop.storage.ResourceTable.*;

import dev.outcrop.wire.RequestContext;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jooq.DSLContext;
import org.jooq.Record2;
import software.amazon.awssdk.core.SdkPojo;

/**
 * The resources of one kind, kept as the SDK's own model class. Every call sees the account and
 * region of {@link RequestContext#current()} alone, and is a transaction, or part of the {@link
 * Database#write} around it.
 *
 * <pre>{@code
 * var bases = new Resources<>(database, clock,
 *     Kind.uniquelyNamed("bedrock.knowledge-base", KnowledgeBase::builder, KnowledgeBase::name));
 * bases.create(id, base);
 * bases.update(id, b -> b.toBuilder().status(ACTIVE).build()).orElseThrow(() -> notFound(id));
 * }</pre>
 *
 * <p>Children, such as the data sources of a knowledge base, give their parent's id with their own.
 */
public final class Resources<T extends SdkPojo> {
  private static final int ATTEMPTS = 20;

  private final Database database;
  private final InstantSource clock;
  private final Kind<T> kind;
  private final Pages<T> pages;

  public Resources(Database database, InstantSource clock, Kind<T> kind) {
    this.database = database;
    this.clock = clock;
    this.kind = kind;
    this.pages = new Pages<>(database, kind);
  }

  public T create(String id, T value) {
    return create("", id, value);
  }

  /**
   * Adds a resource.
   *
   * @return the value
   * @throws StorageException.AlreadyExists when the id, or the name if names are unique, is in use
   */
  public T create(String parent, String id, T value) {
    return database.write(
        sql -> {
          if (insert(sql, parent, id, value) == 0) {
            throw new StorageException.AlreadyExists(
                sql.fetchExists(RESOURCE, row(kind.name(), parent, id))
                    ? "%s already exists.".formatted(id)
                    : nameInUse(value));
          }
          return value;
        });
  }

  public Optional<T> find(String id) {
    return find("", id);
  }

  public Optional<T> find(String parent, String id) {
    return database.read(
        sql ->
            sql.select(BODY)
                .from(RESOURCE)
                .where(row(kind.name(), parent, id))
                .fetchOptional(BODY)
                .map(kind::read));
  }

  public Optional<T> update(String id, UnaryOperator<T> change) {
    return update("", id, change);
  }

  /**
   * Replaces a resource by what {@code change} makes of it. No update is lost: when another one
   * comes between, {@code change} is called again with the newer value.
   *
   * @return the new value; empty when there is no such resource
   * @throws StorageException.AlreadyExists when names are unique and the new name is in use
   */
  public Optional<T> update(String parent, String id, UnaryOperator<T> change) {
    return database.write(
        sql -> {
          for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Record2<Long, String> now =
                sql.select(VERSION, BODY)
                    .from(RESOURCE)
                    .where(row(kind.name(), parent, id))
                    .fetchOne();
            if (now == null) {
              return Optional.empty();
            }
            T changed = change.apply(kind.read(now.value2()));
            if (replace(sql, parent, id, now.value1(), changed) == 1) {
              return Optional.of(changed);
            }
          }
          throw new StorageException.Conflict(id + " is being changed by others. Try again.");
        });
  }

  public boolean delete(String id) {
    return delete("", id);
  }

  /** Deletes a resource; its children, of other kinds, are the caller's. */
  public boolean delete(String parent, String id) {
    return database.write(
            sql -> sql.deleteFrom(RESOURCE).where(row(kind.name(), parent, id)).execute())
        == 1;
  }

  /** Deletes all children of a parent and says how many they were. */
  public int deleteAll(String parent) {
    return database.write(
        sql -> sql.deleteFrom(RESOURCE).where(children(kind.name(), parent)).execute());
  }

  public int count(String parent) {
    return database.read(sql -> sql.fetchCount(RESOURCE, children(kind.name(), parent)));
  }

  /** The page of {@code Listing.of(parent)}: oldest first. */
  public Page<T> list(String parent, Integer maxResults, String nextToken) {
    return list(Listing.of(parent), maxResults, nextToken);
  }

  /**
   * A page of a listing.
   *
   * @param maxResults most items of the page, positive; null for {@value Pages#DEFAULT_SIZE}
   * @param nextToken of the page before; null for the first
   * @throws StorageException.InvalidPageToken when it is not a token of this listing
   */
  public Page<T> list(Listing<T> listing, Integer maxResults, String nextToken) {
    return pages.fetch(listing, maxResults, nextToken);
  }

  private int insert(DSLContext sql, String parent, String id, T value) {
    long now = clock.millis();
    RequestContext context = RequestContext.current();
    return sql.insertInto(RESOURCE)
        .set(ACCOUNT, context.account())
        .set(REGION, context.region())
        .set(KIND, kind.name())
        .set(PARENT, parent)
        .set(ID, id)
        .set(NAME, kind.nameOf(value, id))
        .set(UNIQUE_NAME, kind.uniqueNameOf(value))
        .set(VERSION, 1L)
        .set(CREATED, now)
        .set(UPDATED, now)
        .set(BODY, kind.write(value))
        .onConflictDoNothing()
        .execute();
  }

  private int replace(DSLContext sql, String parent, String id, long version, T value) {
    String uniqueName = kind.uniqueNameOf(value);
    if (uniqueName != null
        && sql.fetchExists(
            RESOURCE,
            children(kind.name(), parent).and(UNIQUE_NAME.eq(uniqueName)).and(ID.ne(id)))) {
      throw new StorageException.AlreadyExists(nameInUse(value));
    }
    return sql.update(RESOURCE)
        .set(NAME, kind.nameOf(value, id))
        .set(UNIQUE_NAME, uniqueName)
        .set(VERSION, version + 1)
        .set(UPDATED, clock.millis())
        .set(BODY, kind.write(value))
        .where(row(kind.name(), parent, id))
        .and(VERSION.eq(version))
        .execute();
  }

  private String nameInUse(T value) {
    return "The name %s is already in use.".formatted(kind.uniqueNameOf(value));
  }
}
