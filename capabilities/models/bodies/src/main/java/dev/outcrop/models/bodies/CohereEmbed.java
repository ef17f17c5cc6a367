package dev.outcrop.models.bodies;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outcrop.models.EmbeddingModel;
import dev.outcrop.models.EmbeddingModel.Counted;
import dev.outcrop.models.EmbeddingModel.Input;
import dev.outcrop.models.EmbeddingModel.Purpose;
import dev.outcrop.models.NativeBodies.Asked;
import dev.outcrop.models.NativeBody;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/**
 * Cohere Embed, versions 3 and 4: texts, images, or inputs of both. Of the compressed types, {@code
 * binary} and {@code ubinary} are the vectors' signs; {@code int8} and {@code uint8} are refused,
 * as they depend on Cohere's own calibration.
 */
record CohereEmbed(Body body, List<Input> inputs, Purpose purpose, List<String> types)
    implements NativeBody.Embedding {

  private static final Set<String> KEYS =
      Set.of(
          "texts",
          "images",
          "inputs",
          "input_type",
          "truncate",
          "embedding_types",
          "output_dimension",
          "max_tokens");

  /** Limit of the API. */
  private static final int MAX_INPUTS = 96;

  static NativeBody read(Body sent, Asked asked) {
    Body body = sent.withoutNulls().only(KEYS);
    String type =
        body.choice(
                "input_type",
                "search_document",
                "search_query",
                "classification",
                "clustering",
                "image")
            .orElseThrow(() -> body.missing("input_type"));
    body.choice("truncate", "NONE", "START", "END", "LEFT", "RIGHT");
    List<Input> inputs = CohereInputs.read(body);
    if (inputs.isEmpty() || inputs.size() > MAX_INPUTS) {
      throw Body.malformed(
          "expected 1 to " + MAX_INPUTS + " texts, images or inputs, found: " + inputs.size());
    }
    Purpose purpose = type.equals("search_query") ? Purpose.QUERY : Purpose.DOCUMENT;
    return new CohereEmbed(body, inputs, purpose, types(body));
  }

  private static List<String> types(Body body) {
    List<String> types = body.texts("embedding_types").orElse(List.of());
    for (String type : types) {
      switch (type) {
        case "float", "binary", "ubinary" -> {
          // Made from any vector.
        }
        case "int8", "uint8", "base64" ->
            throw body.unsupported(
                "embedding_types", type + " is Cohere's own, use float, binary or ubinary");
        default -> throw body.invalid("embedding_types", type + " is not a valid enum value");
      }
    }
    return types;
  }

  @Override
  public int tokens(EmbeddingModel model) {
    return fitted(model).stream()
        .map(Input::text)
        .filter(text -> text != null)
        .mapToInt(model::countTokens)
        .sum();
  }

  @Override
  public Answer answer(EmbeddingModel model) {
    int dimensions = Vectors.dimensions(body, "output_dimension", model);
    List<Input> fitted = fitted(model);
    Counted counted =
        Vectors.checked(
            model.embedInputs(fitted, purpose, model.dimensions().getFirst()), fitted.size());
    List<float[]> vectors =
        counted.vectors().stream().map(v -> Vectors.cut(v, dimensions, true)).toList();
    ObjectNode answer = Body.JSON.createObjectNode();
    if (types.isEmpty()) {
      write(answer.putArray("embeddings"), vectors, "float");
    } else {
      ObjectNode byType = answer.putObject("embeddings");
      types.forEach(type -> write(byType.putArray(type), vectors, type));
    }
    answer.put("id", UUID.randomUUID().toString());
    answer.put("response_type", types.isEmpty() ? "embeddings_floats" : "embeddings_by_type");
    ArrayNode texts = Body.JSON.createArrayNode();
    inputs.stream().map(Input::text).filter(text -> text != null).forEach(texts::add);
    if (!texts.isEmpty()) {
      answer.set("texts", texts);
    }
    return new Answer(Body.write(answer), counted.tokens());
  }

  private static void write(ArrayNode array, List<float[]> vectors, String type) {
    for (float[] vector : vectors) {
      array.addRawValue(
          type.equals("float")
              ? Numbers.json(vector)
              : Vectors.packedSigns(vector, type.equals("binary")));
    }
  }

  /** The inputs as long as they may be; with {@code NONE} one that is too long is refused. */
  private List<Input> fitted(EmbeddingModel model) {
    int most =
        Math.min(model.window(), body.integer("max_tokens", 1, Integer.MAX_VALUE).orElse(128_000));
    Function<Input, Input> fit =
        input ->
            input.text() == null
                ? input
                : new Input(Texts.fit(input.text(), most, truncate(), model), input.image());
    return inputs.stream().map(fit).toList();
  }

  private Texts.Truncate truncate() {
    return switch (body.text("truncate").orElse("NONE")) {
      case "START", "LEFT" -> Texts.Truncate.START;
      case "END", "RIGHT" -> Texts.Truncate.END;
      default -> body.has("max_tokens") ? Texts.Truncate.NONE : Texts.Truncate.NEVER;
    };
  }
}
