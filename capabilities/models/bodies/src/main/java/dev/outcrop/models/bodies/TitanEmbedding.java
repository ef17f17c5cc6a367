package dev.outcrop.models.bodies;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.outcrop.models.EmbeddingModel;
import dev.outcrop.models.EmbeddingModel.Counted;
import dev.outcrop.models.EmbeddingModel.Purpose;
import dev.outcrop.models.NativeBodies.Asked;
import dev.outcrop.models.NativeBody;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Amazon Titan Text Embeddings: G1, which has {@code inputText} alone, and V2. One key of V2's is
 * Outcrop's own: {@code inputType}, {@code document} or {@code query}, for models that embed the
 * two differently.
 */
record TitanEmbedding(
    Body body, boolean g1, String text, Purpose purpose, boolean normalize, Set<String> types)
    implements NativeBody.Embedding {

  private static final Set<String> KEYS =
      Set.of("inputText", "dimensions", "normalize", "embeddingTypes", "inputType");

  private static final Set<String> G1_KEYS = Set.of("inputText", "inputType");

  /** Limits of the API, whatever the model behind takes. */
  private static final int MAX_CHARACTERS = 50_000;

  private static final int MAX_TOKENS = 8192;

  static NativeBody read(Body body, Asked asked) {
    boolean g1 = asked.modelId().matches("amazon\\.titan-embed-(text-v1|g1).*");
    body.only(g1 ? G1_KEYS : KEYS);
    String text = body.prompt("inputText");
    if (text.length() > MAX_CHARACTERS) {
      throw body.invalid(
          "inputText", "expected maxLength: " + MAX_CHARACTERS + ", actual: " + text.length());
    }
    return new TitanEmbedding(
        body, g1, text, purpose(body), body.bool("normalize").orElse(true), types(body));
  }

  private static Purpose purpose(Body body) {
    return body.choice("inputType", "document", "query").orElse("document").equals("query")
        ? Purpose.QUERY
        : Purpose.DOCUMENT;
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

  @Override
  public int tokens(EmbeddingModel model) {
    return model.countTokens(text);
  }

  @Override
  public Answer answer(EmbeddingModel model) {
    int dimensions = Vectors.dimensions(body, "dimensions", model);
    Vectors.checkTokens(model, text, MAX_TOKENS);
    Counted counted = Vectors.embed(model, List.of(text), purpose);
    float[] cut = Vectors.cut(counted.vectors().getFirst(), dimensions, normalize);
    ObjectNode answer = Body.JSON.createObjectNode();
    RawValue floats = types.contains("float") ? Numbers.json(cut) : null;
    if (floats != null) {
      answer.putRawValue("embedding", floats);
    }
    if (!g1) {
      byType(answer.putObject("embeddingsByType"), cut, floats);
    }
    answer.put("inputTextTokenCount", counted.tokens());
    return new Answer(Body.write(answer), counted.tokens());
  }

  private void byType(ObjectNode byType, float[] vector, RawValue floats) {
    if (types.contains("binary")) {
      byType.putRawValue("binary", Vectors.signs(vector));
    }
    if (floats != null) {
      byType.putRawValue("float", floats);
    }
  }
}
