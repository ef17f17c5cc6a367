package dev.outcrop.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outcrop.models.ScriptedModels.Events;
import dev.outcrop.models.calls.ModelCall;
import dev.outcrop.models.calls.Usage;
import dev.outcrop.models.catalogue.Catalogue;
import dev.outcrop.models.catalogue.CatalogueEntry;
import dev.outcrop.models.catalogue.ModelsSettings;
import dev.outcrop.models.files.ModelFiles;
import dev.outcrop.wire.EventSink;
import dev.outcrop.wire.EventSource;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.bedrockruntime.model.BidirectionalInputPayloadPart;
import software.amazon.awssdk.services.bedrockruntime.model.BidirectionalOutputPayloadPart;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelRequest;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelResponse;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelWithBidirectionalStreamInput;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelWithBidirectionalStreamOutput;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelWithBidirectionalStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelWithResponseStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ModelErrorException;
import software.amazon.awssdk.services.bedrockruntime.model.ModelStreamErrorException;
import software.amazon.awssdk.services.bedrockruntime.model.ResponseStream;
import software.amazon.awssdk.services.bedrockruntime.model.ThrottlingException;
import software.amazon.awssdk.services.bedrockruntime.model.ValidationException;

/** Dialogues are calls like others: found, refused, failed over, counted and logged. */
class DialoguesTest {

  private static final String TEXT = "{\"event\":{\"textInput\":{\"content\":\"%s\"}}}";
  private static final String SOUND = "{\"event\":{\"audioInput\":{\"content\":\"AAAA\"}}}";

  private final Observed observed = new Observed();
  private final Inference inference =
      new Inference(
          new Inference.Parts(
              models(), 1, List.of(), List.of(), List.of(observed), Attachments.NONE));

  private static Models models() {
    Catalogue catalogue =
        Catalogue.of(
            new ModelsSettings(
                List.of(entry("busy", List.of("sonic")), entry("sonic", List.of()), writer()),
                Map.of("amazon.nova-sonic*", "sonic"),
                1));
    Models models =
        new Models(
            catalogue,
            new ModelFiles(Path.of("target/no-models")),
            List.of(new ScriptedProvider("scripted")));
    models.configure(catalogue, List.of(new Speaker()));
    return models;
  }

  private static CatalogueEntry entry(String id, List<String> fallbacks) {
    return entry(id, "speaker", fallbacks);
  }

  private static CatalogueEntry writer() {
    return entry("writer", "scripted", List.of());
  }

  private static CatalogueEntry entry(String id, String provider, List<String> fallbacks) {
    return new CatalogueEntry(
        id,
        null,
        null,
        provider,
        ModelEntry.Kind.CHAT,
        null,
        null,
        0,
        null,
        false,
        Map.of(),
        null,
        fallbacks);
  }

  /** Says words back and what they cost so far; {@code break} is too much for it. */
  private static final class Speaker implements Provider {

    @Override
    public String name() {
      return "speaker";
    }

    @Override
    public Optional<NativeModel> nativeBodies(ModelEntry entry) {
      return Optional.of(new Talker(entry.id().equals("busy")));
    }

    @Override
    public void close() {}
  }

  private record Talker(boolean busy) implements NativeModel {

    @Override
    public InvokeModelResponse invoke(InvokeModelRequest request) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void invoke(
        InvokeModelWithResponseStreamRequest request, EventSink<ResponseStream> events) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void talk(
        InvokeModelWithBidirectionalStreamRequest request,
        EventSource<InvokeModelWithBidirectionalStreamInput> in,
        EventSink<InvokeModelWithBidirectionalStreamOutput> out) {
      if (busy) {
        throw ThrottlingException.builder().message("not now").build();
      }
      int heard = 0;
      for (var event = in.next(); event != null; event = in.next()) {
        String text = ((BidirectionalInputPayloadPart) event).bytes().asUtf8String();
        if (text.contains("break")) {
          throw ModelErrorException.builder().message("broken").build();
        }
        heard++;
        say(out, text.replace("Input", "Output"));
        say(
            out,
            "{\"event\":{\"usageEvent\":{\"totalInputTokens\":%d,\"totalOutputTokens\":%d}}}"
                .formatted(heard * 5, heard));
      }
    }

    private static void say(EventSink<InvokeModelWithBidirectionalStreamOutput> out, String text) {
      out.send(
          InvokeModelWithBidirectionalStreamOutput.chunkBuilder()
              .bytes(SdkBytes.fromUtf8String(text))
              .build());
    }
  }

  private Events<InvokeModelWithBidirectionalStreamOutput> talk(String model, String... said) {
    Queue<String> words = new ArrayDeque<>(List.of(said));
    Events<InvokeModelWithBidirectionalStreamOutput> events = new Events<>();
    inference.invokeModelWithBidirectionalStream(
        InvokeModelWithBidirectionalStreamRequest.builder().modelId(model).build(),
        () -> words.isEmpty() ? null : input(words.remove()),
        events);
    return events;
  }

  private static InvokeModelWithBidirectionalStreamInput input(String text) {
    return (InvokeModelWithBidirectionalStreamInput)
        InvokeModelWithBidirectionalStreamInput.chunkBuilder()
            .bytes(SdkBytes.fromUtf8String(text))
            .build();
  }

  @Test
  void wordsAreToldAndSoundIsNotAndTheLastUsageCounts() {
    observed.wantsOutput = true;
    var events = talk("us.amazon.nova-sonic-v1:0", TEXT.formatted("a"), SOUND);

    assertThat(events.sent)
        .extracting(e -> ((BidirectionalOutputPayloadPart) e).bytes().asUtf8String())
        .hasSize(4)
        .contains(TEXT.formatted("a").replace("Input", "Output"));
    ModelCall call = observed.calls.getFirst();
    assertThat(call.operation()).isEqualTo("InvokeModelWithBidirectionalStream");
    assertThat(call.entry().id()).isEqualTo("sonic");
    assertThat(call.input().get().toString()).isEqualTo("[" + TEXT.formatted("a") + "]");
    assertThat(observed.output)
        .extracting((JsonNode piece) -> piece.path("event").fieldNames().next())
        .containsExactly("textOutput", "usageEvent", "usageEvent");
    assertThat(observed.outcomes.getFirst().usage()).isEqualTo(new Usage(10, 2, 0, 0, 0));
    assertThat(observed.outcomes.getFirst().failure()).isNull();
  }

  @Test
  void aModelThatIsBusyBeforeItListensIsReplaced() {
    assertThat(talk("busy", "a").sent).hasSize(2);
    assertThat(observed.outcomes.getFirst().servedBy().id()).isEqualTo("sonic");
  }

  @Test
  void aFailureInTheMiddleIsTheStreams() {
    assertThatThrownBy(() -> talk("sonic", "a", "break"))
        .isInstanceOf(ModelStreamErrorException.class);
    assertThat(observed.outcomes.getFirst().usage()).isEqualTo(new Usage(5, 1, 0, 0, 0));
    assertThat(observed.outcomes.getFirst().failure()).isNotNull();
  }

  @Test
  void whoWatchesMayEndItForWhatItUses() {
    observed.mostOutput = 1;
    assertThatThrownBy(() -> talk("sonic", "a", "b", "c")).isInstanceOf(ThrottlingException.class);
    assertThat(observed.outcomes.getFirst().usage()).isEqualTo(new Usage(10, 2, 0, 0, 0));
  }

  @Test
  void othersRefuse() {
    assertThatThrownBy(() -> talk("writer", "a"))
        .isInstanceOf(ValidationException.class)
        .hasMessage("The model is unsupported for bidirectional streaming.");
    assertThatThrownBy(() -> talk("nobody", "a"))
        .isInstanceOf(ValidationException.class)
        .hasMessage("The provided model identifier is invalid.");
    observed.refuses = true;
    assertThatThrownBy(() -> talk("sonic", "a")).isInstanceOf(ThrottlingException.class);
  }
}
