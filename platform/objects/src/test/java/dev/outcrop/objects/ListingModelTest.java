package dev.outcrop.objects;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outcrop.wire.Capabilities;
import dev.outcrop.wire.LocalClients;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;

/** Random keys, prefixes, delimiters and page sizes, against a listing that is plainly right. */
class ListingModelTest extends S3Test {
  private static final long SEED = Long.getLong("outcrop.seed", 20261122);
  private static final Comparator<String> BYTES =
      (a, b) ->
          Arrays.compareUnsigned(
              a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
  private static final String[] LETTERS = {"a", "b", "/", "-", ".", "é", "\uFFFD", "🎈", "\uD7FF"};

  @TempDir Path folder;

  @Override
  S3Client client(Capabilities capabilities) {
    return LocalClients.create(S3Client.class, capabilities);
  }

  @Test
  void stored() {
    Random random = new Random(SEED);
    TreeSet<String> keys = new TreeSet<>(BYTES);
    while (keys.size() < 120) {
      keys.add(word(random, 1 + random.nextInt(6)));
    }
    keys.forEach(key -> put(key, ""));
    compare("box", keys, random);
  }

  @Test
  void folder() throws Exception {
    Random random = new Random(SEED);
    TreeSet<String> keys = new TreeSet<>(BYTES);
    while (keys.size() < 150) {
      String key =
          word(random, 1 + random.nextInt(6)).replaceAll("[/.]+", "/").replaceAll("^/|/$", "");
      Path file = folder.resolve(key);
      if (!key.isEmpty() && !Files.exists(file) && isFree(file.getParent())) {
        Files.createDirectories(file.getParent());
        Files.createFile(file);
        keys.add(key);
      }
    }
    store.folders().register("docs", folder);
    compare("docs", keys, random);
  }

  private boolean isFree(Path path) {
    for (Path at = path; !at.equals(folder); at = at.getParent()) {
      if (Files.isRegularFile(at)) {
        return false;
      }
    }
    return true;
  }

  private void compare(String bucket, Set<String> keys, Random random) {
    for (int round = 0; round < 100; round++) {
      String prefix = word(random, random.nextInt(3));
      String delimiter = random.nextInt(3) == 0 ? null : LETTERS[random.nextInt(4)];
      String after = random.nextInt(3) == 0 ? word(random, 1 + random.nextInt(3)) : null;
      int most = 1 + random.nextInt(20);
      assertThat(listed(bucket, prefix, delimiter, after, most))
          .as("seed %d round %d: %s %s %s %d", SEED, round, prefix, delimiter, after, most)
          .containsExactlyElementsOf(expected(keys, prefix, delimiter, after));
    }
  }

  private List<String> listed(
      String bucket, String prefix, String delimiter, String after, int most) {
    List<String> all = new ArrayList<>();
    String token = null;
    do {
      String next = token;
      ListObjectsV2Response page =
          s3.listObjectsV2(
              r ->
                  r.bucket(bucket)
                      .prefix(prefix)
                      .delimiter(delimiter)
                      .startAfter(after)
                      .maxKeys(most)
                      .continuationToken(next));
      List<String> entries = new ArrayList<>();
      page.contents().forEach(object -> entries.add(object.key()));
      page.commonPrefixes().forEach(common -> entries.add(common.prefix() + " (common)"));
      assertThat(entries).hasSizeLessThanOrEqualTo(most).hasSize(page.keyCount());
      if (page.isTruncated()) {
        assertThat(entries).hasSize(most);
      }
      entries.sort(BYTES);
      all.addAll(entries);
      token = page.nextContinuationToken();
      assertThat(token != null).isEqualTo(page.isTruncated());
    } while (token != null);
    return all;
  }

  private static List<String> expected(
      Set<String> keys, String prefix, String delimiter, String after) {
    TreeSet<String> entries = new TreeSet<>(BYTES);
    for (String key : keys) {
      if (key.startsWith(prefix) && (after == null || BYTES.compare(key, after) > 0)) {
        int end = delimiter == null ? -1 : key.indexOf(delimiter, prefix.length());
        entries.add(end < 0 ? key : key.substring(0, end + delimiter.length()) + " (common)");
      }
    }
    return new ArrayList<>(entries);
  }

  private static String word(Random random, int length) {
    StringBuilder word = new StringBuilder();
    for (int i = 0; i < length; i++) {
      word.append(LETTERS[random.nextInt(LETTERS.length)]);
    }
    return word.toString();
  }
}
