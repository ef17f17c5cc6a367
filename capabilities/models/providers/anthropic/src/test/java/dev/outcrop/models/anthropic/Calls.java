package dev.outcrop.models.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.outcrop.models.ModelEntry;
import dev.outcrop.models.NativeBodies;
import dev.outcrop.models.NativeBody;
import dev.outcrop.wire.EventSink;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamOutput;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelWithResponseStreamResponse;

/** What tests of this module have in common. */
final class Calls {

  static final String CLAUDE = "anthropic.claude-sonnet-4-20250514-v1:0";

  private Calls() {}

  /** Keeps the events it gets. */
  static final class Events implements EventSink<ConverseStreamOutput> {
    final List<ConverseStreamOutput> sent = new ArrayList<>();
    final List<SdkResponse> heads = new ArrayList<>();

    @Override
    public void respond(SdkResponse initial) {
      assertThat(initial).isInstanceOf(InvokeModelWithResponseStreamResponse.class);
      assertThat(sent).isEmpty();
      heads.add(initial);
    }

    @Override
    public void send(ConverseStreamOutput event) {
      sent.add(event);
    }
  }

  static ModelEntry entry(String id, Map<String, String> options) {
    return new ModelEntry(id, "upstream", ModelEntry.Kind.CHAT, null, options);
  }

  static NativeBody.Chat body(String modelId, String json) {
    NativeBodies.Asked asked =
        new NativeBodies.Asked(
            modelId, entry(modelId, Map.of()), SdkBytes.fromUtf8String(json), false);
    return (NativeBody.Chat) new AnthropicBodies().read(asked).orElseThrow();
  }

  /** JSON with single quotes. */
  static JsonNode json(String text) {
    return parse(text.replace('\'', '"'));
  }

  static JsonNode parse(String json) {
    try {
      return Json.MAPPER.readTree(json);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String resource(String name) {
    try (InputStream in = Calls.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
