package dev.outcrop.models.bodies;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outcrop.models.EmbeddingModel;
import dev.outcrop.models.EmbeddingModel.Counted;
import dev.outcrop.models.EmbeddingModel.Input;
import dev.outcrop.models.EmbeddingModel.Purpose;
import dev.outcrop.models.NativeBodies.Asked;
import dev.outcrop.models.NativeBody;
import dev.outcrop.models.RuntimeErrors;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Amazon Nova Multimodal Embeddings: one text or one image.
 *
 * @param params the object {@code singleEmbeddingParams}
 */
record NovaEmbedding(Body params, Input input, Purpose purpose, Texts.Truncate truncate)
    implements NativeBody.Embedding {

  private static final String PARAMS = "singleEmbeddingParams";

  private static final Set<String> KEYS =
      Set.of("embeddingPurpose", "embeddingDimension", "text", "image", "audio", "video");

  private static final String[] PURPOSES = {
    "GENERIC_INDEX",
    "GENERIC_RETRIEVAL",
    "TEXT_RETRIEVAL",
    "IMAGE_RETRIEVAL",
    "VIDEO_RETRIEVAL",
    "DOCUMENT_RETRIEVAL",
    "AUDIO_RETRIEVAL",
    "CLASSIFICATION",
    "CLUSTERING"
  };

  static NativeBody read(Body body, Asked asked) {
    body.only(Set.of("schemaVersion", "taskType", PARAMS));
    body.choice("schemaVersion", "nova-multimodal-embed-v1");
    if (body.choice("taskType", "SINGLE_EMBEDDING", "SEGMENTED_EMBEDDING")
        .orElseThrow(() -> body.missing("taskType"))
        .equals("SEGMENTED_EMBEDDING")) {
      throw RuntimeErrors.invalid(
          "SEGMENTED_EMBEDDING is a task of StartAsyncInvoke, use SINGLE_EMBEDDING.");
    }
    Body params = body.object(PARAMS).orElseThrow(() -> body.missing(PARAMS)).only(KEYS);
    params.refuse("audio", "embedding models here take texts and images");
    params.refuse("video", "embedding models here take texts and images");
    if (params.has("text") == params.has("image")) {
      throw params.invalid("text", "expected one of text and image");
    }
    String purpose =
        params
            .choice("embeddingPurpose", PURPOSES)
            .orElseThrow(() -> params.missing("embeddingPurpose"));
    return new NovaEmbedding(
        params,
        params.object("text").map(NovaEmbedding::text).orElseGet(() -> image(params)),
        purpose.endsWith("RETRIEVAL") ? Purpose.QUERY : Purpose.DOCUMENT,
        params.object("text").map(NovaEmbedding::truncate).orElse(Texts.Truncate.NEVER));
  }

  private static Input text(Body text) {
    text.only(Set.of("truncationMode", "value", "source"));
    text.refuse("source", "send the text itself as value");
    return new Input(text.prompt("value"), null);
  }

  private static Texts.Truncate truncate(Body text) {
    String mode =
        text.choice("truncationMode", "START", "END", "NONE")
            .orElseThrow(() -> text.missing("truncationMode"));
    // The models here take texts of any length.
    return mode.equals("NONE") ? Texts.Truncate.NEVER : Texts.Truncate.valueOf(mode);
  }

  private static Input image(Body params) {
    Body image = params.object("image").orElseThrow();
    image.only(Set.of("format", "source", "detailLevel"));
    if (!image.text("detailLevel").orElse("STANDARD_IMAGE").equals("STANDARD_IMAGE")) {
      throw image.unsupported("detailLevel", "images are read in one way, use STANDARD_IMAGE");
    }
    Body source = image.object("source").orElseThrow(() -> image.missing("source"));
    source.only(Set.of("bytes", "s3Location"));
    source.refuse("s3Location", "send the image itself as bytes");
    byte[] bytes = source.bytes("bytes").orElseThrow(() -> source.missing("bytes"));
    String format =
        image
            .choice("format", "png", "jpeg", "gif", "webp")
            .orElseThrow(() -> image.missing("format"));
    if (!DataUrl.imageFormat(bytes).equals(Optional.of(format))) {
      throw image.invalid("format", "the image is not a " + format);
    }
    return new Input(null, bytes);
  }

  @Override
  public int tokens(EmbeddingModel model) {
    return input.text() == null ? 0 : model.countTokens(fitted(model));
  }

  private String fitted(EmbeddingModel model) {
    return Texts.fit(input.text(), model.window(), truncate, model);
  }

  @Override
  public Answer answer(EmbeddingModel model) {
    int dimensions = Vectors.dimensions(params, "embeddingDimension", model);
    Input fitted = input.text() == null ? input : new Input(fitted(model), null);
    Counted counted =
        Vectors.checked(
            model.embedInputs(List.of(fitted), purpose, model.dimensions().getFirst()), 1);
    float[] cut = Vectors.cut(counted.vectors().getFirst(), dimensions, true);
    ObjectNode answer = Body.JSON.createObjectNode();
    ObjectNode embedding = answer.putArray("embeddings").addObject();
    embedding.put("embeddingType", input.text() == null ? "IMAGE" : "TEXT");
    embedding.putRawValue("embedding", Numbers.json(cut));
    if (input.text() != null && fitted.text().length() < input.text().length()) {
      embedding.put("truncatedCharLength", fitted.text().length());
    }
    return new Answer(Body.write(answer), counted.tokens());
  }
}
