package dev.outcrop.models;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseResponse;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamOutput;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamRequest;

/**
 * A request body in the form of a model's family, read and checked, and the way to write the answer
 * in that form. Whichever provider serves the model sees the one internal form only.
 */
public sealed interface NativeBody {

  /** For a chat model. */
  non-sealed interface Chat extends NativeBody {

    /** Whether the prompt is completed as it stands, with no chat template. */
    boolean raw();

    /**
     * The request as chat models take it. What Converse has no field for is in {@code
     * additionalModelRequestFields}, by the names that docs/design/models.md lists.
     */
    ConverseStreamRequest request();

    /** The answer in one piece. */
    ObjectNode answer(ConverseResponse response);

    /** Writes one streamed answer. */
    Chunks chunks();
  }

  /** The chunks of one streamed answer. */
  interface Chunks {

    /**
     * The chunks that an event becomes, none for most. The last chunk of the answer comes for the
     * {@code metadata} event at the latest; Bedrock's invocation metrics are added to it.
     */
    List<ObjectNode> of(ConverseStreamOutput event);
  }

  /** For an embedding model. */
  non-sealed interface Embedding extends NativeBody {

    /** The number of input tokens, as {@code CountTokens} gives it. */
    int tokens(EmbeddingModel model);

    /** Embeds and writes the answer. */
    Answer answer(EmbeddingModel model);
  }

  /**
   * An answer with the number of tokens it was made from. It is written already: a JSON node for
   * every number of a vector would cost more than the rest of the call.
   */
  record Answer(SdkBytes body, int inputTokens) {}

  /** For an image model. */
  non-sealed interface Image extends NativeBody {
    ImageModel.Request request();

    ObjectNode answer(ImageModel.Answer images);
  }

  /** For a reranking model. */
  non-sealed interface Rerank extends NativeBody {
    String query();

    List<String> documents();

    /**
     * @param scores of all documents, best first
     */
    ObjectNode answer(List<RerankModel.Score> scores);
  }
}
