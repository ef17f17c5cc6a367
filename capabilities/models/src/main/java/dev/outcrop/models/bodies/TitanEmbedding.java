package dev.outcrop.models.bodies;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outcrop.models.EmbeddingModel;
import dev.outcrop.models.EmbeddingModel.Purpose;
import dev.outcrop.models.NativeBody;
import dev.outcrop.models.RuntimeErrors;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.core.SdkBytes;

/**
 * The body of Titan Text Embeddings V2. One key is Outcrop's own: {@code inputType}, {@code
 * document} or {@code query}, for models that embed the two differently.
 *
 * @param text what to embed
 * @param dimensions length of the vector
 * @param normalize whether its L2 norm is made 1
 * @param types {@code float}, {@code binary} or both
 * @param tokens number of tokens in the text
 */
public record TitanEmbedding(
    String text,
    Purpose purpose,
    int dimensions,
    boolean normalize,
    Set<String> types,
    int tokens) {

  private static final Set<String> KEYS =
      Set.of("inputText", "dimensions", "normalize", "embeddingTypes", "inputType");

  /** Limits of the API, whatever the model behind takes. */
  private static final int MAX_CHARACTERS = 50_000;

  private static final int MAX_TOKENS = 8192;

  /**
   * Reads and checks a body.
   *
   * @throws software.amazon.awssdk.services.bedrockruntime.model.ValidationException in AWS's words
   */
  public static TitanEmbedding read(SdkBytes bytes, EmbeddingModel model) {
    Body body = Body.parse(bytes).only(KEYS);
    String text = body.requiredText("inputText");
    checkLength(text.length());
    int tokens = model.countTokens(text);
    if (tokens > MAX_TOKENS) {
      throw RuntimeErrors.invalid(
          "400 Bad Request: Too many input tokens. Max input tokens: "
              + MAX_TOKENS
              + ", request input token count: "
              + tokens);
    }
    return new TitanEmbedding(
        text,
        purpose(body),
        dimensions(body, model.dimensions()),
        body.bool("normalize").orElse(true),
        types(body),
        tokens);
  }

  private static void checkLength(int length) {
    if (length == 0) {
      throw Body.malformed("expected minLength: 1, actual: 0");
    }
    if (length > MAX_CHARACTERS) {
      throw Body.malformed("expected maxLength: " + MAX_CHARACTERS + ", actual: " + length);
    }
  }

  private static Purpose purpose(Body body) {
    return switch (body.text("inputType").orElse("document")) {
      case "document" -> Purpose.DOCUMENT;
      case "query" -> Purpose.QUERY;
      case String other ->
          throw body.invalid(
              "inputType", other + " is not a valid enum value, expected document or query");
    };
  }

  private static int dimensions(Body body, List<Integer> available) {
    int dimensions = body.integer("dimensions", 1, Integer.MAX_VALUE).orElse(available.getFirst());
    if (!available.contains(dimensions)) {
      throw body.invalid(
          "dimensions",
          dimensions + " is not a valid enum value, the model behind this id has " + available);
    }
    return dimensions;
  }

  private static Set<String> types(Body body) {
    Set<String> types = new LinkedHashSet<>(body.texts("embeddingTypes").orElse(List.of("float")));
    if (types.isEmpty()) {
      throw body.invalid("embeddingTypes", "expected minimum item count: 1, found: 0");
    }
    for (String type : types) {
      if (!type.equals("float") && !type.equals("binary")) {
        throw body.invalid(
            "embeddingTypes", type + " is not a valid enum value, expected float or binary");
      }
    }
    return types;
  }

  /** Embeds the text and writes the answer. */
  public NativeBody.Answer answer(EmbeddingModel model) {
    float[] vector = model.embed(List.of(text), purpose).getFirst();
    float[] cut = cut(vector);
    ObjectNode answer = Body.JSON.createObjectNode();
    if (types.contains("float")) {
      answer.set("embedding", floats(cut));
    }
    ObjectNode byType = answer.putObject("embeddingsByType");
    if (types.contains("binary")) {
      byType.set("binary", signs(cut));
    }
    if (types.contains("float")) {
      byType.set("float", floats(cut));
    }
    answer.put("inputTextTokenCount", tokens);
    return new NativeBody.Answer(Body.write(answer), tokens);
  }

  /**
   * The first dimensions of the vector. Models make vectors of norm 1; a shorter one is scaled to
   * that again when asked for.
   */
  private float[] cut(float[] vector) {
    if (vector.length == dimensions) {
      return vector;
    }
    float[] cut = java.util.Arrays.copyOf(vector, dimensions);
    if (normalize) {
      double square = 0;
      for (float v : cut) {
        square += (double) v * v;
      }
      float scale = square == 0 ? 1 : (float) (1 / Math.sqrt(square));
      for (int i = 0; i < cut.length; i++) {
        cut[i] *= scale;
      }
    }
    return cut;
  }

  private static ArrayNode floats(float[] vector) {
    ArrayNode array = Body.JSON.createArrayNode();
    for (float v : vector) {
      array.add(v);
    }
    return array;
  }

  /** One bit a dimension: 1 where the value is positive. */
  private static ArrayNode signs(float[] vector) {
    ArrayNode array = Body.JSON.createArrayNode();
    for (float v : vector) {
      array.add(v > 0 ? 1 : 0);
    }
    return array;
  }
}
