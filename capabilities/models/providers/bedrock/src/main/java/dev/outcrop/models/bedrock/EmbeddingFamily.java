package dev.outcrop.models.bedrock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outcrop.models.EmbeddingModel.Counted;
import dev.outcrop.models.EmbeddingModel.Input;
import dev.outcrop.models.EmbeddingModel.Purpose;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelResponse;
import software.amazon.awssdk.services.bedrockruntime.model.ModelErrorException;

/** How a family of embedding models is asked. */
interface EmbeddingFamily {

  JsonMapper JSON = new JsonMapper();

  /** The dimensions there are, the usual one first. */
  List<Integer> dimensions();

  /** Most tokens of a text. */
  int window();

  /** Embeds inputs of which none is too long. */
  Counted embed(List<Input> inputs, Purpose purpose, int dimensions);

  /** An answer with the number of tokens of its request, -1 when Bedrock doesn't say. */
  record Answer(JsonNode body, int tokens) {

    float[] vector(JsonNode numbers) {
      if (!numbers.isArray() || numbers.isEmpty()) {
        throw broken(null);
      }
      float[] vector = new float[numbers.size()];
      for (int i = 0; i < vector.length; i++) {
        vector[i] = numbers.get(i).floatValue();
      }
      return vector;
    }
  }

  static Answer ask(Remote remote, String modelId, ObjectNode body) {
    InvokeModelResponse response =
        remote.call(client -> client.invokeModel(r -> r.modelId(modelId).body(bytes(body))));
    try {
      int tokens =
          response
              .sdkHttpResponse()
              .firstMatchingHeader("x-amzn-bedrock-input-token-count")
              .map(Integer::parseInt)
              .orElse(-1);
      return new Answer(JSON.readTree(response.body().asByteArrayUnsafe()), tokens);
    } catch (IOException | NumberFormatException e) {
      throw broken(e);
    }
  }

  private static SdkBytes bytes(ObjectNode body) {
    try {
      return SdkBytes.fromByteArrayUnsafe(JSON.writeValueAsBytes(body));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static ModelErrorException broken(Exception cause) {
    return ModelErrorException.builder()
        .message("The embedding model's answer makes no sense.")
        .cause(cause)
        .build();
  }
}
