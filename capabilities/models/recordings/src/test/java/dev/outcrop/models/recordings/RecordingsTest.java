package dev.outcrop.models.recordings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.outcrop.models.ChatModel;
import dev.outcrop.models.EmbeddingModel;
import dev.outcrop.models.ImageModel;
import dev.outcrop.models.ModelEntry;
import dev.outcrop.models.NativeModel;
import dev.outcrop.models.Provider;
import dev.outcrop.wire.EventSink;
import dev.outcrop.wire.ResponseHeaders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamOutput;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseTokensRequest;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelRequest;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelWithResponseStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.Message;
import software.amazon.awssdk.services.bedrockruntime.model.ModelErrorException;
import software.amazon.awssdk.services.bedrockruntime.model.ResourceNotFoundException;
import software.amazon.awssdk.services.bedrockruntime.model.ResponseStream;
import software.amazon.awssdk.services.bedrockruntime.model.ThrottlingException;
import software.amazon.awssdk.services.bedrockruntime.model.ValidationException;

class RecordingsTest {
  @TempDir private Path folder;
  private final Scripted scripted = new Scripted();

  private Provider recording() {
    return new Recordings(folder, false).of(scripted);
  }

  /** A replay in another process, as it were: nothing is left but the files. */
  private Provider replaying() {
    return new Recordings(folder, true)
        .of(
            new Provider() {
              @Override
              public String name() {
                return "gone";
              }

              @Override
              public void close() {}
            });
  }

  private static ModelEntry entry(ModelEntry.Kind kind, String id) {
    return new ModelEntry(id, "scripted", kind, null, Map.of());
  }

  private static ChatModel chat(Provider provider) {
    return provider.chat(entry(ModelEntry.Kind.CHAT, "chatty"));
  }

  private static List<ConverseStreamOutput> converse(Provider provider, String... texts) {
    Collected<ConverseStreamOutput> events = new Collected<>();
    chat(provider).converse(request(texts), events);
    return events.sent;
  }

  private static ConverseStreamRequest request(String... texts) {
    return ConverseStreamRequest.builder()
        .modelId("alias")
        .messages(
            Stream.of(texts)
                .map(
                    text ->
                        Message.builder().role("user").content(ContentBlock.fromText(text)).build())
                .toList())
        .build();
  }

  private static final class Collected<E> implements EventSink<E> {
    final List<E> sent = new ArrayList<>();
    SdkResponse initial;

    @Override
    public void respond(SdkResponse response) {
      initial = response;
    }

    @Override
    public void send(E event) {
      sent.add(event);
    }
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void aConversationIsReplayedEventByEventInTheOrderRecorded() throws IOException {
    Provider recording = recording();
    List<ConverseStreamOutput> first = converse(recording, "hello");
    List<ConverseStreamOutput> second = converse(recording, "hello");
    assertThat(first).isNotEqualTo(second);
    Provider replaying = replaying();
    assertThat(converse(replaying, "hello")).isEqualTo(first);
    assertThat(converse(replaying, "hello")).isEqualTo(second);
    assertThat(converse(replaying, "hello")).isEqualTo(second);
    assertThat(scripted.calls).isEqualTo(2);
    assertThat(chat(replaying).readsDocuments("pdf")).isTrue();
    assertThat(chat(replaying).readsDocuments("docx")).isFalse();
    assertThat(files())
        .hasSize(3)
        .anyMatch(name -> name.matches("converse-[0-9a-f]{12}\\.json"))
        .anyMatch(name -> name.matches("converse-[0-9a-f]{12}-2\\.json"))
        .contains("model-chatty.json");
  }

  @Test
  void aNewRunReplacesWhatTheOneBeforeRecorded() throws IOException {
    Provider before = recording();
    converse(before, "hello");
    converse(before, "hello");
    converse(before, "hello");
    List<ConverseStreamOutput> last = converse(recording(), "hello");
    assertThat(files()).hasSize(2);
    assertThat(converse(replaying(), "hello")).isEqualTo(last);
  }

  @Test
  void anUnrecordedCallTellsWhatIsDifferent() {
    Provider recording = recording();
    converse(recording, "What is a horse?", "Go on.");
    converse(recording, "Something else entirely", "and more");
    assertThatThrownBy(() -> converse(replaying(), "What was a horse?", "Go on."))
        .isInstanceOf(ResourceNotFoundException.class)
        .hasMessageContaining(
            "messages[0].content[0].text: recorded \"What is a horse?\", now \"What was a horse?\"")
        .hasMessageContaining("recording.mode")
        .message()
        .doesNotContain("entirely");
    assertThat(scripted.calls).isEqualTo(2);
  }

  @Test
  void withoutAnyRecordingItSaysHowToMakeOne() {
    assertThatThrownBy(() -> converse(replaying(), "hello"))
        .isInstanceOf(ResourceNotFoundException.class)
        .hasMessageContaining("Nothing was recorded")
        .hasMessageContaining("recording.mode");
  }

  @Test
  void failuresOfTheModelAreReplayedAndThoseOfTheDayAreNot() {
    Provider recording = recording();
    assertThatThrownBy(() -> converse(recording, "wrong")).isInstanceOf(ValidationException.class);
    assertThatThrownBy(() -> converse(recording, "busy")).isInstanceOf(ThrottlingException.class);
    assertThatThrownBy(() -> converse(recording, "break")).isInstanceOf(ModelErrorException.class);
    Provider replaying = replaying();
    assertThatThrownBy(() -> converse(replaying, "wrong"))
        .isInstanceOf(ValidationException.class)
        .hasMessageContaining("that is wrong");
    assertThatThrownBy(() -> converse(replaying, "busy"))
        .isInstanceOf(ResourceNotFoundException.class);
    Collected<ConverseStreamOutput> events = new Collected<>();
    Throwable broken = catchThrowable(() -> chat(replaying).converse(request("break"), events));
    assertThat(((ModelErrorException) broken).originalStatusCode()).isEqualTo(502);
    assertThat(events.sent).hasSize(2);
  }

  @Test
  void idsThatDifferFromRunToRunAreNotCompared() {
    converse(recording(), "order 0b7f3c1e-5d0a-4c58-9f0d-4be1f2a3c4d5");
    assertThat(converse(replaying(), "order 7d9f0a11-1111-4c58-9f0d-4be1f2a3ffff")).isNotEmpty();
    var one = JsonNodeFactory.instance.objectNode();
    one.putObject("toolUse").put("toolUseId", "tooluse_a");
    one.putObject("toolResult").put("toolUseId", "tooluse_a");
    one.putObject("requestMetadata").put("run", "1");
    var other = JsonNodeFactory.instance.objectNode();
    other.putObject("toolResult").put("toolUseId", "tooluse_b");
    other.putObject("toolUse").put("toolUseId", "tooluse_b");
    assertThat(Canonical.of(one).toString()).isEqualTo(Canonical.of(other).toString());
    ((com.fasterxml.jackson.databind.node.ObjectNode) other.get("toolUse"))
        .put("toolUseId", "tooluse_c");
    assertThat(Canonical.of(one).toString()).isNotEqualTo(Canonical.of(other).toString());
  }

  @Test
  void keysAndTokensAreNotWritten() throws IOException {
    String key = "sk-proj-abcdefghijklmnop1234567890";
    converse(recording(), "use " + key + " or AKIAIOSFODNN7EXAMPLE please");
    assertThat(converse(replaying(), "use " + key + " or AKIAIOSFODNN7EXAMPLE please"))
        .isNotEmpty();
    for (String file : files()) {
      assertThat(Files.readString(folder.resolve(file))).doesNotContain(key).doesNotContain("AKIA");
    }
    var fields = JsonNodeFactory.instance.objectNode();
    fields
        .put("api_key", "anything")
        .put("max_tokens", 5)
        .put("accessToken", "x")
        .put("token", "y");
    assertThat(Canonical.of(fields).toString())
        .isEqualTo(
            "{\"accessToken\":\"(secret)\",\"api_key\":\"(secret)\",\"max_tokens\":5,\"token\":\"y\"}");
  }

  @Test
  void countsAreRecordedOnce() throws IOException {
    ConverseTokensRequest request =
        ConverseTokensRequest.builder().messages(request("hello").messages()).build();
    Provider recording = recording();
    int counted = chat(recording).countTokens(request);
    chat(recording).countTokens(request);
    assertThat(chat(replaying()).countTokens(request)).isEqualTo(counted);
    assertThat(files()).hasSize(2);
    assertThatThrownBy(() -> chat(recording()).countCompletionTokens(request("x")))
        .isInstanceOf(ValidationException.class);
    assertThatThrownBy(() -> chat(replaying()).countCompletionTokens(request("x")))
        .isInstanceOf(ValidationException.class);
  }

  @Test
  void vectorsAreReplayedToTheBit() {
    ModelEntry entry = entry(ModelEntry.Kind.EMBEDDING, "vectors");
    EmbeddingModel live = recording().embedding(entry);
    EmbeddingModel.Purpose query = EmbeddingModel.Purpose.QUERY;
    List<float[]> vectors = live.embed(List.of("a", "b"), query);
    EmbeddingModel.Counted counted = live.embedCounted(List.of("a"), query, 3);
    live.window();
    EmbeddingModel replayed = replaying().embedding(entry);
    assertThatThrownBy(replayed::dimensions)
        .isInstanceOf(ResourceNotFoundException.class)
        .hasMessageContaining("dimensions");
    live.dimensions();
    EmbeddingModel again = replaying().embedding(entry);
    assertThat(again.dimensions()).containsExactly(3, 2);
    assertThat(again.window()).isEqualTo(77);
    assertThat(again.embed(List.of("a", "b"), query)).usingRecursiveComparison().isEqualTo(vectors);
    assertThat(again.embedCounted(List.of("a"), query, 3).tokens()).isEqualTo(counted.tokens());
    assertThatThrownBy(() -> again.embed(List.of("a", "b"), EmbeddingModel.Purpose.DOCUMENT))
        .hasMessageContaining("purpose: recorded \"QUERY\", now \"DOCUMENT\"");
  }

  @Test
  void imagesAndScoresAreReplayed() {
    ModelEntry image = entry(ModelEntry.Kind.IMAGE, "painter");
    ModelEntry rerank = entry(ModelEntry.Kind.RERANK, "judge");
    ImageModel.Request request =
        new ImageModel.Request(
            ImageModel.Task.TEXT_TO_IMAGE,
            "a horse",
            null,
            1,
            512,
            512,
            7.5,
            5L,
            null,
            "png",
            List.of(),
            null,
            null);
    ImageModel.Answer painted = recording().image(image).generate(request);
    ImageModel.Answer again = replaying().image(image).generate(request);
    assertThat(again).usingRecursiveComparison().isEqualTo(painted);
    assertThat(recording().rerank(rerank).rerank("q", List.of("a", "b")))
        .isEqualTo(replaying().rerank(rerank).rerank("q", List.of("a", "b")));
  }

  @Test
  void nativeBodiesAreReplayedWithTheirHeaders() {
    ModelEntry entry = entry(ModelEntry.Kind.CHAT, "native");
    InvokeModelRequest request =
        InvokeModelRequest.builder()
            .modelId("alias")
            .body(SdkBytes.fromUtf8String("{\"prompt\":\"hi\"}"))
            .build();
    InvokeModelWithResponseStreamRequest streaming =
        InvokeModelWithResponseStreamRequest.builder().body(request.body()).build();
    NativeModel live = recording().nativeBodies(entry).orElseThrow();
    String body = live.invoke(request).body().asUtf8String();
    Collected<ResponseStream> events = new Collected<>();
    live.invoke(streaming, events);
    NativeModel replayed = replaying().nativeBodies(entry).orElseThrow();
    Map<String, String> headers = new HashMap<>();
    assertThat(
            ResponseHeaders.collect(headers, () -> replayed.invoke(request)).body().asUtf8String())
        .isEqualTo(body)
        .contains("0.10");
    assertThat(headers).isEqualTo(Map.of("x-amzn-bedrock-input-token-count", "9"));
    Collected<ResponseStream> again = new Collected<>();
    replayed.invoke(streaming, again);
    assertThat(again.sent).isEqualTo(events.sent);
    assertThat(again.initial).isEqualTo(events.initial);
    ModelEntry other = entry(ModelEntry.Kind.CHAT, "chatty");
    assertThat(recording().nativeBodies(other)).isEmpty();
    assertThat(replaying().nativeBodies(other)).isEmpty();
  }
}
