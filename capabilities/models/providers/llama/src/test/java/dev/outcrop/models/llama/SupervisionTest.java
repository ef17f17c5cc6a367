package dev.outcrop.models.llama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outcrop.models.ModelEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamOutput;
import software.amazon.awssdk.services.bedrockruntime.model.ModelErrorException;
import software.amazon.awssdk.services.bedrockruntime.model.ModelNotReadyException;

@Timeout(60)
final class SupervisionTest extends LlamaTest {

  private LlamaProvider provider(int maxLoaded, Duration idle, Duration patience) {
    return new LlamaProvider(
        new LlamaSettings(LIBRARIES, folder, maxLoaded, idle, Duration.ofMinutes(1), patience));
  }

  @Test
  void aKilledProcessFailsTheCallInFlightAndTheNextOneIsAnswered() throws Exception {
    LlamaChatModel model = model();
    long pid = model.loaded().child().pid();

    assertThatThrownBy(() -> model.converse(ask("hello", 2000), new Killing(pid)))
        .isInstanceOf(ModelErrorException.class)
        .hasMessageContaining("ended with status 137");

    assertThat(answer(model, ask("hello", 5)).text()).hasSize(5);
    assertThat(model.loaded().child().pid()).isNotEqualTo(pid);
  }

  private static final class Killing extends Told {
    private final long pid;

    Killing(long pid) {
      this.pid = pid;
    }

    @Override
    public void send(ConverseStreamOutput event) {
      super.send(event);
      if (events.size() == 3) {
        ProcessHandle.of(pid).orElseThrow().destroyForcibly();
      }
    }
  }

  @Test
  void aProcessThatKeepsDyingIsNotRestartedAllTheTime() throws Exception {
    try (LlamaProvider own = provider(2, Duration.ZERO, Duration.ZERO)) {
      LlamaChatModel model = own.chat(entry(file));
      assertThatThrownBy(
              () -> {
                for (int i = 0; i < 10; i++) {
                  Child child = model.loaded().child();
                  ProcessHandle.of(child.pid()).ifPresent(ProcessHandle::destroyForcibly);
                  while (child.alive()) {
                    Thread.onSpinWait();
                  }
                }
              })
          .isInstanceOf(ModelNotReadyException.class)
          .hasMessageContaining("in a row");
    }
  }

  @Test
  void theProcessEndsWhenItsInputDoes() throws Exception {
    LlamaProvider own = provider(2, Duration.ZERO, Duration.ZERO);
    long pid = own.chat(entry(file)).loaded().child().pid();
    CompletableFuture<ProcessHandle> exit = ProcessHandle.of(pid).orElseThrow().onExit();

    own.close();

    assertThat(exit.join().isAlive()).isFalse();
  }

  @Test
  void brokenFilesAreErrorsThatNameThem() throws IOException {
    byte[] good = Files.readAllBytes(file);
    byte[] noise = new byte[10_000];
    new Random(1).nextBytes(noise);

    assertCannotLoad(Files.write(folder.resolve("noise.gguf"), noise));
    assertCannotLoad(Files.write(folder.resolve("empty.gguf"), new byte[0]));
    assertCannotLoad(
        Files.write(folder.resolve("short.gguf"), Arrays.copyOf(good, good.length / 2)));
    assertCannotLoad(folder.resolve("missing.gguf"));
  }

  private void assertCannotLoad(Path broken) {
    assertThatThrownBy(() -> answer(provider.chat(entry(broken)), ask("hello", 5)))
        .isInstanceOf(ModelErrorException.class)
        .hasMessageContaining("can't be loaded")
        .hasMessageContaining(broken.toString());
  }

  @Test
  void aTemplateThatCannotBeRenderedExactlyIsAnErrorAtLoad() throws IOException {
    Path strange = folder.resolve("strange.gguf");
    TinyModel.write(strange, 7, null, false, 2048, "{{ messages | wordwrap(3) }}");

    assertThatThrownBy(() -> answer(provider.chat(entry(strange)), ask("hello", 5)))
        .isInstanceOf(ModelErrorException.class)
        .hasMessageContaining("wordwrap");
  }

  @Test
  void missingLibrariesAreAnErrorThatNamesTheFolder() {
    try (var own = new LlamaProvider(LlamaSettings.of(folder.resolve("nowhere"), folder))) {
      assertThatThrownBy(() -> answer(own.chat(entry(file)), ask("hello", 5)))
          .isInstanceOf(ModelErrorException.class)
          .hasMessageContaining("nowhere");
    }
  }

  @Test
  void theLeastRecentlyUsedModelGivesWay() throws Exception {
    Path second = TinyModel.write(folder.resolve("2.gguf"), 8);
    try (LlamaProvider own = provider(1, Duration.ZERO, Duration.ZERO)) {
      Child first = own.chat(entry(file)).loaded().child();

      assertThat(own.chat(entry(second)).loaded().child().alive()).isTrue();

      assertThat(first.alive()).isFalse();
    }
  }

  @Test
  void aBusyModelDoesNotGiveWay() throws Exception {
    Path second = TinyModel.write(folder.resolve("2.gguf"), 8);
    try (LlamaProvider own = provider(1, Duration.ZERO, Duration.ZERO)) {
      Child busy = own.chat(entry(file)).loaded().child();
      try (Call _ = busy.call(1, generate(1, "hello", 2000))) {
        assertThatThrownBy(() -> answer(own.chat(entry(second)), ask("hello", 5)))
            .isInstanceOf(ModelNotReadyException.class)
            .hasMessageContaining("busy");
      }
      assertThat(busy.alive()).isTrue();
    }
  }

  @Test
  void anIdleModelIsUnloadedAndComesBack() throws Exception {
    try (LlamaProvider own = provider(2, Duration.ofMillis(300), Duration.ofSeconds(20))) {
      LlamaChatModel model = own.chat(entry(file));
      Child child = model.loaded().child();
      while (child.alive()) {
        Thread.sleep(20);
      }

      assertThat(answer(model, ask("hello", 5)).text()).hasSize(5);
    }
  }

  @Test
  void wrongOptionsAreReportedAllAtOnce() {
    var entry =
        new ModelEntry(
            "tiny",
            "llama",
            ModelEntry.Kind.CHAT,
            file,
            Map.of("treads", "1", "parallel", "0", "cacheType", "F64"));

    assertThatThrownBy(() -> provider.chat(entry))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("unknown option treads")
        .hasMessageContaining("parallel")
        .hasMessageContaining("cacheType");
  }
}
