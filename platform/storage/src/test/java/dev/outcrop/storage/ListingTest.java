package dev.outcrop.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outcrop.wire.RequestContext;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.bedrockagent.model.DataSource;

class ListingTest {
  private static final Kind<DataSource> KIND =
      Kind.named("test.source", DataSource::builder, DataSource::name);

  @TempDir private Path folder;
  private final Random random = new Random();
  private long now = 1_700_000_000_000L;
  private Database database;
  private Resources<DataSource> rows;

  @BeforeEach
  void open() {
    database = Database.open(folder.resolve("outcrop.db"));
    rows = new Resources<>(database, () -> Instant.ofEpochMilli(now), KIND);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private void add(String parent, String id, String name) {
    rows.create(parent, id, DataSource.builder().dataSourceId(id).name(name).build());
  }

  private List<String> ids(Listing<DataSource> listing, int size) {
    List<String> ids = new ArrayList<>();
    String token = null;
    do {
      Page<DataSource> page = rows.list(listing, size, token);
      page.items().forEach(each -> ids.add(each.dataSourceId()));
      token = page.nextToken();
      assertThat(page.items()).hasSizeLessThanOrEqualTo(size);
      assertThat(token == null || page.items().size() == size).isTrue();
    } while (token != null);
    return ids;
  }

  /** Any pages of any listing are the sorted rows, whole and without repetition. */
  @RepeatedTest(3)
  void agreesWithSorting() {
    long seed = System.nanoTime();
    random.setSeed(seed);
    record Row(String id, String name, long created) {}
    List<Row> model = new ArrayList<>();
    for (int i = 0; i < 120; i++) {
      now += random.nextInt(2);
      Row row = new Row(Ids.alphanumeric10(), "n" + random.nextInt(30), now);
      model.add(row);
      add("p", row.id(), row.name());
    }
    for (Listing.Order order : Listing.Order.values()) {
      Comparator<Row> by =
          order == Listing.Order.NAME
              ? Comparator.comparing(Row::name)
              : Comparator.comparing(Row::created);
      model.sort(by.thenComparing(Row::id));
      List<String> expected = model.stream().map(Row::id).toList();
      int size = 1 + random.nextInt(140);
      Listing<DataSource> listing = Listing.<DataSource>of("p").by(order);
      assertThat(ids(listing, size)).as("seed %d size %d", seed, size).isEqualTo(expected);
      List<String> backwards = new ArrayList<>(expected);
      Collections.reverse(backwards);
      assertThat(ids(listing.reversed(), size)).as("seed %d", seed).isEqualTo(backwards);
      List<String> some = model.stream().filter(r -> r.name().endsWith("7")).map(Row::id).toList();
      assertThat(ids(listing.where("7", d -> d.name().endsWith("7")), 1 + random.nextInt(5)))
          .as("seed %d", seed)
          .isEqualTo(some);
    }
  }

  /** Rows that are there all the while are listed once, whatever comes and goes between pages. */
  @RepeatedTest(3)
  void isStableWhileRowsComeAndGo() {
    long seed = System.nanoTime();
    random.setSeed(seed);
    Map<String, Boolean> kept = new TreeMap<>();
    for (int i = 0; i < 60; i++) {
      String id = Ids.alphanumeric10();
      kept.put(id, i % 3 != 0);
      add("p", id, "n" + random.nextInt(9));
    }
    List<String> doomed = new ArrayList<>(kept.keySet());
    doomed.removeIf(kept::get);
    for (Listing.Order order : Listing.Order.values()) {
      Set<String> seen = new HashSet<>();
      String token = null;
      do {
        Page<DataSource> page = rows.list(Listing.<DataSource>of("p").by(order), 4, token);
        for (DataSource each : page.items()) {
          assertThat(seen.add(each.dataSourceId())).as("once; seed %d", seed).isTrue();
        }
        now += random.nextInt(2);
        add("p", Ids.alphanumeric10(), "n" + random.nextInt(9));
        if (!doomed.isEmpty()) {
          rows.delete("p", doomed.removeLast());
        }
        token = seen.size() < 1000 ? page.nextToken() : null;
      } while (token != null);
      kept.forEach(
          (id, stays) -> assertThat(!stays || seen.contains(id)).as("seed %d", seed).isTrue());
    }
  }

  @Test
  void takesATokenOnlyForItsListing() throws Exception {
    for (int i = 0; i < 5; i++) {
      add("p", "id" + i, "n");
      add("q", "id" + i, "n");
    }
    Listing<DataSource> listing = Listing.of("p");
    String token = rows.list(listing, 2, null).nextToken();
    for (Listing<DataSource> other :
        List.of(
            Listing.<DataSource>of("q"),
            listing.reversed(),
            listing.by(Listing.Order.NAME),
            listing.where("x", d -> true))) {
      assertInvalid(other, token);
    }
    RequestContext elsewhere =
        new RequestContext("r", "111122223333", "us-east-1", "arn:aws:iam::1:root", null);
    elsewhere.call(
        () -> {
          assertInvalid(listing, token);
          return null;
        });
    close();
    open();
    assertThat(rows.list(listing, 2, token).items()).hasSize(2);
  }

  @RepeatedTest(3)
  void refusesForgedTokens() {
    long seed = System.nanoTime();
    random.setSeed(seed);
    for (int i = 0; i < 5; i++) {
      add("p", "id" + i, "n");
    }
    Listing<DataSource> listing = Listing.of("p");
    String token = rows.list(listing, 2, null).nextToken();
    for (String garbage : List.of("", "x", "=====", "né", "A".repeat(5000), token + "AAAA")) {
      assertInvalid(listing, garbage);
    }
    for (int i = 0; i < 200; i++) {
      // The last character holds bits that base64 ignores, so it is left alone.
      char[] changed = token.toCharArray();
      int at = random.nextInt(changed.length - 1);
      changed[at] = changed[at] == 'Q' ? 'R' : 'Q';
      assertInvalid(listing, new String(changed));
    }
  }

  private void assertInvalid(Listing<DataSource> listing, String token) {
    assertThatThrownBy(() -> rows.list(listing, 2, token))
        .as("token %s", token)
        .isInstanceOf(StorageException.InvalidPageToken.class);
  }
}
