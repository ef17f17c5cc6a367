package dev.outcrop.models.bodies;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outcrop.models.EmbeddingModel;
import dev.outcrop.models.ModelEntry.Kind;
import dev.outcrop.models.NativeBodies;
import dev.outcrop.models.NativeBody;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlockDeltaEvent;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseResponse;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamMetadataEvent;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamOutput;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.MessageStopEvent;

/** Titan's text and embedding bodies and OpenAI's chat body, told apart by kind and keys. */
public final class TextBodies implements NativeBodies {

  @Override
  public Optional<NativeBody> read(Asked asked) {
    return Optional.of(
        asked.entry().kind() == Kind.EMBEDDING
            ? new Embedding(asked.bytes())
            : new Chat(ChatBody.read(asked.bytes(), asked.modelId(), asked.streaming())));
  }

  private record Embedding(SdkBytes bytes) implements NativeBody.Embedding {

    @Override
    public int tokens(EmbeddingModel model) {
      return TitanEmbedding.read(bytes, model).tokens();
    }

    @Override
    public NativeBody.Answer answer(EmbeddingModel model) {
      return TitanEmbedding.read(bytes, model).answer(model);
    }
  }

  private record Chat(ChatBody body) implements NativeBody.Chat {

    @Override
    public boolean raw() {
      return body.raw();
    }

    @Override
    public ConverseStreamRequest request() {
      return body.request();
    }

    @Override
    public ObjectNode answer(ConverseResponse response) {
      return body.answer(response);
    }

    @Override
    public NativeBody.Chunks chunks() {
      return new Pieces(body.chunks());
    }
  }

  private static final class Pieces implements NativeBody.Chunks {
    private final ChatBody.Chunks chunks;
    private String stopReason;

    Pieces(ChatBody.Chunks chunks) {
      this.chunks = chunks;
    }

    @Override
    public List<ObjectNode> of(ConverseStreamOutput event) {
      return switch (event) {
        case ContentBlockDeltaEvent delta when delta.delta().text() != null ->
            List.of(chunks.text(delta.delta().text()));
        case MessageStopEvent stop -> {
          stopReason = stop.stopReasonAsString();
          yield List.of();
        }
        case ConverseStreamMetadataEvent end ->
            List.of(chunks.end(stopReason, end.usage().inputTokens(), end.usage().outputTokens()));
        default -> List.of();
      };
    }
  }
}
