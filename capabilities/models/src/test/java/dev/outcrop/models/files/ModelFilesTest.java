package dev.outcrop.models.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outcrop.models.ModelEntry;
import dev.outcrop.models.catalogue.CatalogueEntry;
import dev.outcrop.models.catalogue.Source;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelFilesTest {

  private final byte[] content = new byte[700_001];

  @TempDir Path folder;
  private FileServer server;
  private ModelFiles files;

  @BeforeEach
  void start() throws IOException {
    new Random(5).nextBytes(content);
    server = new FileServer(content);
    files =
        new ModelFiles(
            folder,
            new HuggingFace(URI.create(server.address("localhost")), "secret"),
            Duration.ofMillis(1));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void aFileComesWholeAndIsCheckedAndNamed() throws Exception {
    List<Long> seen = new ArrayList<>();
    CatalogueEntry entry = web(sha256(content));
    assertThat(files.present(entry)).isEmpty();

    Path file = files.pull(entry, (done, total) -> seen.add(done * 1_000_000_000 + total));

    assertThat(file).hasBinaryContent(content).hasFileName("file");
    assertThat(files.present(entry)).contains(file);
    assertThat(seen.getLast()).isEqualTo(content.length * 1_000_000_000L + content.length);
    assertThat(file.resolveSibling("file.part")).doesNotExist();
    files.pull(entry, Progress.NONE);
    assertThat(server.requests).hasSize(1);
    assertThat(files.remove(entry)).isTrue();
    assertThat(files.remove(entry)).isFalse();
    assertThat(file).doesNotExist();
  }

  @Test
  void aBrokenConnectionIsResumedWhereItBroke() throws Exception {
    server.breaks = 2;
    server.breakAfter = 200_000;
    assertThat(files.pull(web(sha256(content)), Progress.NONE)).hasBinaryContent(content);
    // What was on its way when the connection broke may be lost; the rest is not sent again.
    assertThat(starts()).hasSize(3);
    assertThat(starts().get(1)).isBetween(100_000, 200_000);
    assertThat(starts().get(2)).isBetween(starts().get(1) + 100_000, 400_000);
  }

  @Test
  void anUnfinishedPartIsKeptForTheNextRun() throws Exception {
    server.breaks = 5;
    server.breakAfter = 100_000;
    CatalogueEntry entry = web(sha256(content));
    assertThatThrownBy(() -> files.pull(entry, Progress.NONE))
        .isInstanceOf(DownloadException.class)
        .hasMessageContaining("What arrived is kept")
        .hasMessageContaining("run it again");
    assertThat(files.present(entry)).isEmpty();
    server.breaks = 0;
    assertThat(files.pull(entry, Progress.NONE)).hasBinaryContent(content);
    assertThat(starts().getLast()).isBetween(250_000, 500_000);
  }

  @Test
  void aFileThatChangedMeanwhileIsFetchedFromTheStart() throws Exception {
    server.breaks = 5;
    server.breakAfter = 100_000;
    byte[] other = "another file".getBytes(java.nio.charset.StandardCharsets.UTF_8);
    CatalogueEntry entry = web(sha256(other));
    assertThatThrownBy(() -> files.pull(entry, Progress.NONE)).hasMessageContaining("broke off");
    server.breaks = 0;
    server.content = other;
    server.etag = "\"second\"";
    assertThat(files.pull(entry, Progress.NONE)).hasBinaryContent(other);
  }

  @Test
  void aPartThatIsCompleteNeedsNoMoreBytes() throws Exception {
    CatalogueEntry entry = web(sha256(content));
    Path part = Files.createDirectories(folder.resolve(entry.id())).resolve("file.part");
    Files.write(part, content);
    Files.writeString(folder.resolve(entry.id()).resolve("file.part.etag"), server.etag);
    assertThat(files.pull(entry, Progress.NONE)).hasBinaryContent(content);
    assertThat(starts()).containsExactly(content.length);
  }

  @Test
  void aWrongHashIsRefusedAndNothingIsLeft() throws Exception {
    CatalogueEntry entry = web("0".repeat(64));
    assertThatThrownBy(() -> files.pull(entry, Progress.NONE))
        .isInstanceOf(DownloadException.class)
        .hasMessageContaining(sha256(content))
        .hasMessageContaining("expected 0000");
    assertThat(files.present(entry)).isEmpty();
    assertThat(folder.resolve(entry.id()).resolve("file.part")).doesNotExist();
  }

  @Test
  void theHashThatHuggingFaceReportsIsChecked() throws Exception {
    CatalogueEntry entry = huggingFace();
    server.linkedSha256 = "1".repeat(64);
    assertThatThrownBy(() -> files.pull(entry, Progress.NONE))
        .hasMessageContaining("expected 1111");
    server.linkedSha256 = sha256(content);
    assertThat(files.pull(entry, Progress.NONE)).hasBinaryContent(content);
    assertThat(server.requests.getFirst().getRequestURI())
        .hasPath("/some/repo/resolve/main/sub/m.gguf");
  }

  @Test
  void credentialsStayWithTheHostTheyAreFor() throws Exception {
    files.pull(huggingFace(), Progress.NONE);
    assertThat(server.requests.stream().map(r -> r.getRequestHeaders().getFirst("Authorization")))
        .containsExactly("Bearer secret", null);
  }

  @Test
  void whatCameFirstIsExpectedAgain() throws Exception {
    CatalogueEntry entry = huggingFace();
    files.pull(entry, Progress.NONE);
    files.remove(entry);
    server.content = new byte[10];
    assertThatThrownBy(() -> files.pull(entry, Progress.NONE))
        .hasMessageContaining("expected " + sha256(content));
  }

  @Test
  void refusalsSayWhatToDo() {
    server.status = 404;
    failed("there is no such file");
    server.status = 403;
    failed("HF_TOKEN");
    assertThat(server.requests).hasSize(2);
    server.status = 503;
    failed("HTTP 503");
    assertThat(server.requests).hasSize(7);
  }

  @Test
  void manyWhoAskAtOnceGetOneDownload() throws Exception {
    CatalogueEntry entry = web(sha256(content));
    ModelFiles others = new ModelFiles(folder, HuggingFace.of(Map.of()), Duration.ofMillis(1));
    try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Path>> pulls = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        ModelFiles mine = i % 2 == 0 ? files : others;
        pulls.add(() -> mine.pull(entry, Progress.NONE));
      }
      for (Future<Path> pull : callers.invokeAll(pulls)) {
        assertThat(pull.get()).hasBinaryContent(content);
      }
    }
    assertThat(server.requests).hasSize(1);
  }

  @Test
  void anInterruptCancelsAndKeepsThePart() throws Exception {
    server.gate = new CountDownLatch(1);
    CatalogueEntry entry = web(sha256(content));
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    Path part = folder.resolve(entry.id()).resolve("file.part");
    Thread puller =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    files.pull(entry, Progress.NONE);
                  } catch (InterruptedException | RuntimeException e) {
                    thrown.set(e);
                  }
                });
    while (!Files.exists(part) || Files.size(part) < content.length / 2) {
      Thread.sleep(5);
    }
    puller.interrupt();
    puller.join();
    server.gate.countDown();
    server.gate = null;
    assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
    assertThat(files.pull(entry, Progress.NONE)).hasBinaryContent(content);
    assertThat(starts().getLast()).isEqualTo(content.length / 2);
  }

  @Test
  void theUsersOwnFilesStayWhereTheyAre() throws Exception {
    Path own = Files.write(folder.resolve("own.gguf"), content);
    CatalogueEntry entry = CatalogueEntry.ofGguf(own.toString());
    assertThat(files.present(entry)).contains(own);
    assertThat(files.pull(entry, Progress.NONE)).isEqualTo(own);
    assertThat(files.remove(entry)).isFalse();
    Files.delete(own);
    assertThatThrownBy(() -> files.pull(entry, Progress.NONE)).hasMessageContaining("is missing");
  }

  private void failed(String message) {
    assertThatThrownBy(() -> files.pull(web("0".repeat(64)), Progress.NONE))
        .isInstanceOf(DownloadException.class)
        .hasMessageContaining(message);
  }

  /** The first byte that each request asked for. */
  private List<Integer> starts() {
    return server.requests.stream()
        .map(r -> r.getRequestHeaders().getOrDefault("Range", List.of("bytes=0-")).getFirst())
        .map(range -> Integer.valueOf(range.replaceAll("\\D", "")))
        .toList();
  }

  private CatalogueEntry web(String sha256) {
    return entry(server.address("127.0.0.1") + "/cdn/file", sha256);
  }

  private static CatalogueEntry huggingFace() {
    return entry("hf:some/repo/sub/m.gguf", null);
  }

  private static CatalogueEntry entry(String source, String sha256) {
    return new CatalogueEntry(
        "test.model-v1",
        null,
        null,
        "test",
        ModelEntry.Kind.CHAT,
        Source.parse(source),
        sha256,
        0,
        null,
        false,
        Map.of(),
        null,
        null);
  }

  private static String sha256(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }
}
