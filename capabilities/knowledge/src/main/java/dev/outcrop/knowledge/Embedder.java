package dev.outcrop.knowledge;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Arrays;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeClient;

/**
 * Embeds text with InvokeModel, by the body of Titan Text Embeddings and its extension {@code
 * inputType}, which tells models that embed questions otherwise than documents.
 */
public final class Embedder {
  private static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER).build();

  private final BedrockRuntimeClient models;

  public Embedder(BedrockRuntimeClient models) {
    this.models = models;
  }

  /** What the text is for. */
  public enum Purpose {
    DOCUMENT,
    QUERY
  }

  /**
   * A model and how it is to be used.
   *
   * @param arn the embedding model's ARN
   * @param dimensions length of the vectors; null for the model's own
   */
  public record Model(String arn, Integer dimensions) {}

  /** The text's vector with L2 norm 1; throws Bedrock Runtime's exceptions. */
  public float[] embed(Model model, String text, Purpose purpose) {
    SdkBytes answer =
        models
            .invokeModel(
                r ->
                    r.modelId(model.arn())
                        .contentType("application/json")
                        .accept("application/json")
                        .body(SdkBytes.fromUtf8String(body(model, text, purpose))))
            .body();
    return normalized(vector(answer.asByteArrayUnsafe()));
  }

  private static String body(Model model, String text, Purpose purpose) {
    StringWriter out = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartObject();
      json.writeStringField("inputText", text);
      json.writeStringField("inputType", purpose == Purpose.QUERY ? "query" : "document");
      if (model.dimensions() != null) {
        json.writeNumberField("dimensions", model.dimensions());
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toString();
  }

  private static float[] vector(byte[] answer) {
    try (JsonParser json = JSON.createParser(answer)) {
      json.nextToken();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        boolean found = json.currentName().equals("embedding");
        json.nextToken();
        if (found) {
          return floats(json);
        }
        json.skipChildren();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    throw new IllegalStateException("the embedding model answered without an embedding");
  }

  private static float[] floats(JsonParser json) throws IOException {
    float[] values = new float[1024];
    int length = 0;
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (length == values.length) {
        values = Arrays.copyOf(values, length * 2);
      }
      values[length++] = json.getFloatValue();
    }
    return Arrays.copyOf(values, length);
  }

  private static float[] normalized(float[] vector) {
    double square = 0;
    for (float v : vector) {
      square += (double) v * v;
    }
    if (!(square > 0)) {
      throw new IllegalStateException("the embedding model answered with a vector of no length");
    }
    float scale = (float) (1 / Math.sqrt(square));
    for (int i = 0; i < vector.length; i++) {
      vector[i] *= scale;
    }
    return vector;
  }
}
