package dev.outcrop.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outcrop.wire.RequestContext;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.bedrockagent.model.CreateKnowledgeBaseRequest;
import software.amazon.awssdk.services.bedrockagent.model.CreateKnowledgeBaseResponse;

class IdempotencyTest {
  @TempDir private Path folder;
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private final AtomicInteger done = new AtomicInteger();
  private Database database;
  private Idempotency idempotency;

  @BeforeEach
  void open() {
    database = Database.open(folder.resolve("outcrop.db"));
    idempotency = new Idempotency(database, () -> now);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private static CreateKnowledgeBaseRequest request(String token, String... tags) {
    Map<String, String> map = new LinkedHashMap<>();
    for (String tag : tags) {
      map.put(tag, tag);
    }
    return CreateKnowledgeBaseRequest.builder().clientToken(token).name("n").tags(map).build();
  }

  private String call(CreateKnowledgeBaseRequest request) {
    return idempotency
        .once(request.clientToken(), request, CreateKnowledgeBaseResponse::builder, this::response)
        .knowledgeBase()
        .name();
  }

  private CreateKnowledgeBaseResponse response() {
    String name = "made " + done.incrementAndGet();
    return CreateKnowledgeBaseResponse.builder().knowledgeBase(k -> k.name(name)).build();
  }

  @Test
  void answersARepetitionAsBefore() {
    assertThat(call(request("t", "a", "b"))).isEqualTo("made 1");
    assertThat(call(request("t", "b", "a"))).isEqualTo("made 1");
    close();
    open();
    assertThat(call(request("t", "a", "b"))).isEqualTo("made 1");
    assertThat(call(request("u", "a", "b"))).isEqualTo("made 2");
  }

  @Test
  void refusesTheTokenOfAnotherRequest() {
    call(request("t", "a"));
    assertThatThrownBy(() -> call(request("t", "b")))
        .isInstanceOf(StorageException.TokenReused.class);
    assertThat(done).hasValue(1);
  }

  @Test
  void checksOnlyWhatIsNew() {
    AtomicInteger checks = new AtomicInteger();
    assertThat(checked(request("t"), checks::incrementAndGet)).isEqualTo("made 1");
    Runnable failing =
        () -> {
          throw new IllegalStateException("gone");
        };
    assertThat(checked(request("t"), failing)).isEqualTo("made 1");
    assertThatThrownBy(() -> checked(request("t", "other"), failing))
        .isInstanceOf(StorageException.TokenReused.class);
    assertThatThrownBy(() -> checked(request("u"), failing)).hasMessage("gone");
    assertThatThrownBy(() -> checked(request(null), failing)).hasMessage("gone");
    now = now.plus(Idempotency.KEPT);
    assertThatThrownBy(() -> checked(request("t"), failing)).hasMessage("gone");
    assertThat(checked(request("t"), checks::incrementAndGet)).isEqualTo("made 2");
    assertThat(checks).hasValue(2);
  }

  private String checked(CreateKnowledgeBaseRequest request, Runnable check) {
    return idempotency
        .once(
            request.clientToken(),
            request,
            CreateKnowledgeBaseResponse::builder,
            check,
            this::response)
        .knowledgeBase()
        .name();
  }

  @Test
  void doesWorkWithoutATokenEveryTime() {
    call(request(null));
    call(request(null));
    assertThat(done).hasValue(2);
  }

  @Test
  void keepsTokensForADay() {
    call(request("t"));
    now = now.plus(Idempotency.KEPT).minusMillis(1);
    assertThat(call(request("t"))).isEqualTo("made 1");
    now = now.plusMillis(1);
    assertThat(call(request("t", "other"))).isEqualTo("made 2");
  }

  @Test
  void forgetsTheTokenOfAFailure() {
    CreateKnowledgeBaseRequest request = request("t");
    assertThatThrownBy(
            () ->
                idempotency.once(
                    "t",
                    request,
                    CreateKnowledgeBaseResponse::builder,
                    () -> {
                      throw new IllegalStateException("no");
                    }))
        .hasMessage("no");
    assertThat(call(request)).isEqualTo("made 1");
  }

  @Test
  void keepsAccountsApart() throws Exception {
    call(request("t", "a"));
    RequestContext other =
        new RequestContext("r", "111122223333", "us-east-1", "arn:aws:iam::1:root", null);
    assertThat(other.call(() -> call(request("t", "b")))).isEqualTo("made 2");
  }

  @Test
  void doesItOnceForManyAtATime() {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 30; i++) {
        threads.submit(() -> call(request("t")));
      }
    }
    assertThat(done).hasValue(1);
  }
}
