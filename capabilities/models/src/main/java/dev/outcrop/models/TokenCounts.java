package dev.outcrop.models;

import dev.outcrop.models.bodies.TextBodies;
import java.util.List;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseTokensRequest;
import software.amazon.awssdk.services.bedrockruntime.model.CountTokensInput;
import software.amazon.awssdk.services.bedrockruntime.model.CountTokensRequest;
import software.amazon.awssdk.services.bedrockruntime.model.CountTokensResponse;

/** Bedrock Runtime's CountTokens: with the model's own tokenizer, of either form of input. */
public final class TokenCounts {

  private final Models models;

  private final Families families;

  public TokenCounts(Models models) {
    this(models, List.of(new TextBodies()));
  }

  /**
   * @param families the native bodies that are understood; the first that knows a body has it
   */
  public TokenCounts(Models models, List<NativeBodies> families) {
    this.models = models;
    this.families = new Families(families);
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
    NativeBodies.Asked asked =
        new NativeBodies.Asked(modelId, models.entry(modelId).withFile(null), bytes, false);
    return switch (families.read(asked)) {
      case NativeBody.Chat chat -> count(models.chat(modelId), chat);
      case NativeBody.Embedding embedding -> embedding.tokens(models.embedding(modelId));
      case NativeBody.Image _, NativeBody.Rerank _ ->
          throw RuntimeErrors.invalid("The provided model doesn't support counting tokens.");
    };
  }

  private static int count(ChatModel model, NativeBody.Chat body) {
    ConverseStreamRequest request = body.request();
    return body.raw()
        ? model.countCompletionTokens(request)
        : model.countTokens(
            ConverseTokensRequest.builder()
                .messages(request.messages())
                .system(request.system())
                .toolConfig(request.toolConfig())
                .additionalModelRequestFields(request.additionalModelRequestFields())
                .build());
  }
}
