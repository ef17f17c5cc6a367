package dev.outcrop.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.outcrop.models.catalogue.CatalogueEntry;
import dev.outcrop.models.catalogue.Source;
import dev.outcrop.models.files.ModelFiles;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.bedrockruntime.model.InternalServerException;
import software.amazon.awssdk.services.bedrockruntime.model.ModelNotReadyException;
import software.amazon.awssdk.services.bedrockruntime.model.ValidationException;

class FirstUseTest {

  private static final byte[] CONTENT = "weights".getBytes(StandardCharsets.UTF_8);

  @TempDir Path folder;
  private final CountDownLatch gate = new CountDownLatch(1);
  private final AtomicInteger requests = new AtomicInteger();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          requests.incrementAndGet();
          try {
            gate.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          exchange.sendResponseHeaders(200, CONTENT.length);
          exchange.getResponseBody().write(CONTENT);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void theFirstRequestFetchesAndTheNextFindsTheFile() throws Exception {
    try (FirstUse firstUse = new FirstUse(new ModelFiles(folder), Duration.ofMillis(50))) {
      CatalogueEntry entry = entry(true, sha256());
      // The file is on its way: both requests are told so, and it is fetched once.
      for (int i = 0; i < 2; i++) {
        assertThatThrownBy(() -> firstUse.ready(entry))
            .isInstanceOf(ModelNotReadyException.class)
            .hasMessageContaining("is being fetched");
      }
      gate.countDown();
      try (FirstUse patient = new FirstUse(new ModelFiles(folder), Duration.ofMinutes(1))) {
        assertThat(patient.ready(entry).file()).hasBinaryContent(CONTENT);
      }
      assertThat(firstUse.ready(entry).file()).hasBinaryContent(CONTENT);
      assertThat(requests).hasValue(1);
    }
  }

  @Test
  void aFailureIsToldAndTriedAgain() {
    gate.countDown();
    try (FirstUse firstUse = new FirstUse(new ModelFiles(folder), Duration.ofMinutes(1))) {
      CatalogueEntry entry = entry(true, "0".repeat(64));
      for (int i = 1; i <= 2; i++) {
        assertThatThrownBy(() -> firstUse.ready(entry))
            .isInstanceOf(InternalServerException.class)
            .hasMessageContaining("expected 0000");
      }
      assertThat(requests).hasValue(2);
    }
  }

  @Test
  void whatIsNotToBeFetchedIsNot() throws Exception {
    try (FirstUse firstUse = new FirstUse(new ModelFiles(folder), Duration.ofMinutes(1))) {
      assertThatThrownBy(() -> firstUse.ready(entry(false, sha256())))
          .isInstanceOf(ValidationException.class)
          .hasMessageContaining("outcrop models pull test.model-v1");
      assertThat(requests).hasValue(0);
    }
  }

  private CatalogueEntry entry(boolean pullOnUse, String sha256) {
    String address = "http://127.0.0.1:" + server.getAddress().getPort() + "/m.gguf";
    return new CatalogueEntry(
        "test.model-v1",
        null,
        null,
        "test",
        ModelEntry.Kind.CHAT,
        Source.parse(address),
        sha256,
        0,
        null,
        pullOnUse,
        Map.of(),
        null,
        null);
  }

  private static String sha256() throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(CONTENT));
  }
}
