package dev.outcrop.objects;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outcrop.storage.Database;
import dev.outcrop.wire.Capabilities;
import dev.outcrop.wire.LocalClients;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** A process that writes is killed: what it acknowledged is there, whole, and nothing else is. */
class CrashTest {
  private static final int KEYS = 20;

  /** Puts objects over and over from four threads, and says so after each. */
  public static final class Child {
    public static void main(String[] args) throws Exception {
      Database database = Database.open(Path.of(args[0]).resolve("outcrop.db"));
      S3Client s3 = client(ObjectStore.open(database, Path.of(args[0])));
      for (int thread = 0; thread < 4; thread++) {
        int first = thread;
        Thread.ofPlatform().start(() -> write(s3, first));
      }
      Thread.sleep(60_000);
      System.exit(1);
    }

    private static void write(S3Client s3, int thread) {
      for (int i = 1; ; i++) {
        String key = "k" + ((i * 4 + thread) % KEYS / 4 * 4 + thread);
        int version = i;
        s3.putObject(r -> r.bucket("box").key(key), RequestBody.fromBytes(body(key, version)));
        synchronized (System.out) {
          System.out.println(key + " " + version);
          System.out.flush();
        }
      }
    }
  }

  private static S3Client client(ObjectStore store) {
    return LocalClients.create(S3Client.class, Capabilities.of(store.capabilities().toArray()));
  }

  /** A body that says what it is in its first bytes. */
  private static byte[] body(String key, int version) {
    byte[] bytes = new byte[20_000 + version % 1000];
    new Random(key.hashCode() * 31L + version).nextBytes(bytes);
    System.arraycopy(
        String.format("%10d", version).getBytes(java.nio.charset.StandardCharsets.US_ASCII),
        0,
        bytes,
        0,
        10);
    return bytes;
  }

  @Test
  void acknowledgedWritesSurvive(@TempDir Path home) throws Exception {
    try (Database database = Database.open(home.resolve("outcrop.db"))) {
      client(ObjectStore.open(database, home)).createBucket(r -> r.bucket("box"));
    }
    for (int round = 0; round < 2; round++) {
      Map<String, Integer> acknowledged = runAndKill(home);
      assertThat(acknowledged).isNotEmpty();
      check(home, acknowledged);
    }
  }

  private static Map<String, Integer> runAndKill(Path home) throws Exception {
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-Xmx128m",
                "-cp",
                System.getProperty("java.class.path"),
                Child.class.getName(),
                home.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    Map<String, Integer> acknowledged = new ConcurrentHashMap<>();
    try (BufferedReader out = child.inputReader()) {
      String line;
      for (int lines = 0; (line = out.readLine()) != null; lines++) {
        String[] said = line.split(" ", -1);
        if (said.length == 2 && said[0].startsWith("k")) {
          acknowledged.put(said[0], Integer.parseInt(said[1]));
        }
        if (lines == 40) {
          child.toHandle().destroyForcibly(); // keeps what it said readable
        }
      }
    }
    child.waitFor();
    return acknowledged;
  }

  private static void check(Path home, Map<String, Integer> acknowledged) throws Exception {
    try (Database database = Database.open(home.resolve("outcrop.db"))) {
      S3Client s3 = client(ObjectStore.open(database, home));
      acknowledged.forEach(
          (key, version) -> {
            byte[] got = s3.getObjectAsBytes(r -> r.bucket("box").key(key)).asByteArray();
            int is =
                Integer.parseInt(
                    new String(Arrays.copyOf(got, 10), java.nio.charset.StandardCharsets.US_ASCII)
                        .strip());
            assertThat(is).as(key).isGreaterThanOrEqualTo(version);
            assertThat(got).as(key).isEqualTo(body(key, is));
          });
      int objects = s3.listObjectsV2(r -> r.bucket("box")).keyCount();
      assertThat(files(home, objects)).isEqualTo(objects);
    }
  }

  /** The sweep runs beside the work, so it is waited for. */
  private static long files(Path home, long expected) throws Exception {
    long count = -1;
    for (int i = 0; i < 200 && count != expected; i++) {
      try (Stream<Path> files = Files.walk(home.resolve("objects"))) {
        count = files.filter(Files::isRegularFile).count();
      }
      Thread.sleep(count == expected ? 0 : 20);
    }
    return count;
  }
}
