package dev.outcrop.models;

import dev.outcrop.models.bodies.ChatBody;
import dev.outcrop.models.bodies.TitanEmbedding;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseTokensRequest;
import software.amazon.awssdk.services.bedrockruntime.model.CountTokensInput;
import software.amazon.awssdk.services.bedrockruntime.model.CountTokensRequest;
import software.amazon.awssdk.services.bedrockruntime.model.CountTokensResponse;

/** Bedrock Runtime's CountTokens: with the model's own tokenizer, of either form of input. */
public final class TokenCounts {

  private final Models models;

  public TokenCounts(Models models) {
    this.models = models;
  }

  /** The number of tokens that the input would count as. */
  public CountTokensResponse countTokens(CountTokensRequest request) {
    if (request.modelId() == null || request.modelId().isEmpty()) {
      throw RuntimeErrors.unknownModel();
    }
    if (request.input() == null) {
      throw RuntimeErrors.invalid("input is missing: give converse or invokeModel.");
    }
    return CountTokensResponse.builder()
        .inputTokens(count(request.modelId(), request.input()))
        .build();
  }

  private int count(String modelId, CountTokensInput input) {
    return switch (input.type()) {
      case CONVERSE -> models.chat(modelId).countTokens(input.converse());
      case INVOKE_MODEL -> body(modelId, input.invokeModel().body());
      case UNKNOWN_TO_SDK_VERSION ->
          throw RuntimeErrors.invalid("input must be one of converse and invokeModel.");
    };
  }

  private int body(String modelId, SdkBytes bytes) {
    if (models.entry(modelId).kind() == ModelEntry.Kind.EMBEDDING) {
      return TitanEmbedding.read(bytes, models.embedding(modelId)).tokens();
    }
    ChatModel model = models.chat(modelId);
    ChatBody body = ChatBody.read(bytes, modelId, false);
    ConverseStreamRequest request = body.request();
    return body.raw()
        ? model.countCompletionTokens(request)
        : model.countTokens(
            ConverseTokensRequest.builder()
                .messages(request.messages())
                .system(request.system())
                .build());
  }
}
