package dev.outcrop.storage;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;

/**
 * The tags of resources by ARN, under the rules AWS publishes: at most 50, keys of 1 to 128
 * characters that do not begin with {@code aws:}, values of up to 256, letters, digits, spaces and
 * {@code _.:/=+-@}. Whether the resource exists is for its capability to check.
 */
public final class Tags {
  private static final int MOST = 50;
  private static final int KEY_LENGTH = 128;
  private static final int VALUE_LENGTH = 256;
  private static final Pattern ALLOWED = Pattern.compile("[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*");

  private static final Table<Record> TAG = table(name("tag"));
  private static final Field<String> ARN = field(name("arn"), String.class);
  private static final Field<String> KEY = field(name("tag_key"), String.class);
  private static final Field<String> VALUE = field(name("tag_value"), String.class);

  private final Database database;

  public Tags(Database database) {
    this.database = database;
  }

  /**
   * Adds tags; one with a key that is there replaces its value.
   *
   * @throws StorageException.InvalidTag when one breaks the rules
   * @throws StorageException.TooManyTags when there would be more than 50; then none is added
   */
  public void tag(String arn, Map<String, String> tags) {
    tags.forEach(Tags::check);
    database.write(
        sql -> {
          tags.forEach((key, value) -> put(sql, arn, key, value));
          int now = sql.fetchCount(TAG, ARN.eq(arn));
          if (now > MOST) {
            throw new StorageException.TooManyTags(
                "%s would have %d tags. A resource can have %d.".formatted(arn, now, MOST));
          }
          return now;
        });
  }

  /** Removes the tags with these keys; those that are not there don't matter. */
  public void untag(String arn, Collection<String> keys) {
    database.write(sql -> sql.deleteFrom(TAG).where(ARN.eq(arn)).and(KEY.in(keys)).execute());
  }

  /** All tags of a resource, by key in order. */
  public Map<String, String> list(String arn) {
    return database.read(
        sql ->
            sql.select(KEY, VALUE).from(TAG).where(ARN.eq(arn)).orderBy(KEY).fetchMap(KEY, VALUE));
  }

  /** Forgets a deleted resource. */
  public void deleteAll(String arn) {
    database.write(sql -> sql.deleteFrom(TAG).where(ARN.eq(arn)).execute());
  }

  private static void put(DSLContext sql, String arn, String key, String value) {
    sql.insertInto(TAG)
        .set(ARN, arn)
        .set(KEY, key)
        .set(VALUE, value)
        .onConflict(ARN, KEY)
        .doUpdate()
        .set(VALUE, value)
        .execute();
  }

  private static void check(String key, String value) {
    if (key == null || key.isEmpty() || key.codePointCount(0, key.length()) > KEY_LENGTH) {
      throw new StorageException.InvalidTag("A tag key has 1 to 128 characters: " + key);
    }
    if (value == null || value.codePointCount(0, value.length()) > VALUE_LENGTH) {
      throw new StorageException.InvalidTag(
          "The value of tag %s must be given, with at most 256 characters.".formatted(key));
    }
    if (key.toLowerCase(Locale.ROOT).startsWith("aws:")) {
      throw new StorageException.InvalidTag("Tag keys that begin with aws: are reserved: " + key);
    }
    if (!ALLOWED.matcher(key).matches() || !ALLOWED.matcher(value).matches()) {
      throw new StorageException.InvalidTag(
          "Tag %s has characters that are not letters, digits, spaces or _.:/=+-@".formatted(key));
    }
  }
}
