package dev.outcrop.models.bodies;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outcrop.models.EmbeddingModel;
import dev.outcrop.models.EmbeddingModel.Counted;
import dev.outcrop.models.EmbeddingModel.Purpose;
import dev.outcrop.models.NativeBody;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.List;
import java.util.Set;

/**
 * The body of OpenAI's embeddings: one text or a list of them, answered by numbers or by their
 * little-endian bytes in base64. Lists of token numbers are refused: they are those of a tokenizer
 * that the model here doesn't have.
 *
 * @param model as the client named it
 */
public record OpenAiEmbedding(Body body, String model, List<String> texts, boolean base64)
    implements NativeBody.Embedding {

  private static final Set<String> KEYS =
      Set.of("model", "input", "encoding_format", "dimensions", "user");

  /** Limit of the API. */
  private static final int MAX_TEXTS = 2048;

  /**
   * Reads a body.
   *
   * @throws software.amazon.awssdk.services.bedrockruntime.model.ValidationException in AWS's words
   */
  public static OpenAiEmbedding read(Body sent) {
    Body body = sent.withoutNulls().only(KEYS);
    body.text("user");
    body.integer("dimensions", 1, Integer.MAX_VALUE);
    boolean base64 =
        body.choice("encoding_format", "float", "base64").orElse("float").equals("base64");
    return new OpenAiEmbedding(body, body.requiredText("model"), input(body), base64);
  }

  private static List<String> input(Body body) {
    if (body.json("input")
        .map(input -> input.path(0).isNumber() || input.path(0).isArray())
        .orElse(false)) {
      throw body.unsupported(
          "input", "token numbers belong to a tokenizer that this model doesn't have, send texts");
    }
    List<String> texts =
        body.isText("input")
            ? List.of(body.requiredText("input"))
            : body.texts("input").orElseThrow(() -> body.missing("input"));
    if (texts.isEmpty() || texts.size() > MAX_TEXTS) {
      throw body.invalid("input", "expected 1 to " + MAX_TEXTS + " texts, found " + texts.size());
    }
    if (texts.contains("")) {
      throw body.invalid("input", "a text must not be empty");
    }
    return texts;
  }

  @Override
  public int tokens(EmbeddingModel model) {
    return texts.stream().mapToInt(model::countTokens).sum();
  }

  @Override
  public Answer answer(EmbeddingModel embedder) {
    int dimensions = Vectors.dimensions(body, "dimensions", embedder);
    Counted counted = Vectors.embed(embedder, texts, Purpose.DOCUMENT);
    ObjectNode answer = Body.JSON.createObjectNode().put("object", "list");
    ArrayNode data = answer.putArray("data");
    for (float[] vector : counted.vectors()) {
      ObjectNode one = data.addObject().put("object", "embedding").put("index", data.size() - 1);
      float[] cut = Vectors.cut(vector, dimensions, true);
      if (base64) {
        one.put("embedding", base64(cut));
      } else {
        one.putRawValue("embedding", Numbers.json(cut));
      }
    }
    answer.put("model", model);
    answer
        .putObject("usage")
        .put("prompt_tokens", counted.tokens())
        .put("total_tokens", counted.tokens());
    return new Answer(Body.write(answer), counted.tokens());
  }

  private static String base64(float[] vector) {
    ByteBuffer bytes = ByteBuffer.allocate(vector.length * Float.BYTES);
    bytes.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(vector);
    return Base64.getEncoder().encodeToString(bytes.array());
  }
}
