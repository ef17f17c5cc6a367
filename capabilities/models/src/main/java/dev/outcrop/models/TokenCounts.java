package dev.outcrop.models;

import dev.outcrop.models.calls.CallObserver;
import dev.outcrop.models.converse.Conversation;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseTokensRequest;
import software.amazon.awssdk.services.bedrockruntime.model.CountTokensInput;
import software.amazon.awssdk.services.bedrockruntime.model.CountTokensRequest;
import software.amazon.awssdk.services.bedrockruntime.model.CountTokensResponse;

/**
 * Bedrock Runtime's CountTokens: with the model's own tokenizer, of either form of input. It costs
 * nothing, so nobody counts it, but a model elsewhere is asked: only by those who may use it.
 */
public final class TokenCounts {

  private final Models models;
  private final Names names;
  private final Families families;
  private final Attachments attachments;
  private final Calls permitted;

  /**
   * @param families the native bodies that are understood; the first that knows a body has it
   * @param names further names of models, asked in order
   * @param attachments reads what conversations have attached
   * @param permissions who may refuse, as they do other calls of the model
   */
  public TokenCounts(
      Models models,
      List<NativeBodies> families,
      List<ModelNames> names,
      Attachments attachments,
      CallObserver... permissions) {
    this.models = models;
    this.names = new Names(models, names);
    this.families = new Families(families);
    this.attachments = attachments;
    this.permitted = new Calls(List.of(permissions));
  }

  /** Of inputs with all that is needed in them. */
  public TokenCounts(Models models, List<NativeBodies> families, List<ModelNames> names) {
    this(models, families, names, Attachments.NONE);
  }

  /** The number of tokens that the input would count as. */
  public CountTokensResponse countTokens(CountTokensRequest request) {
    long start = System.nanoTime();
    Target target = names.target(request.modelId(), request);
    if (request.input() == null) {
      throw RuntimeErrors.invalid("input is missing: give converse or invokeModel.");
    }
    return permitted.watch(
        new Calls.Asked("CountTokens", start, target, Map.of(), () -> Json.body(request), 0, 0),
        call ->
            CountTokensResponse.builder()
                .inputTokens(
                    models.with(
                        target.entry(), null, served -> count(served, target, request.input())))
                .build());
  }

  private int count(Served served, Target target, CountTokensInput input) {
    return switch (input.type()) {
      case CONVERSE -> conversation(served.chat(), input.converse());
      case INVOKE_MODEL -> body(served, target, input.invokeModel().body());
      case UNKNOWN_TO_SDK_VERSION ->
          throw RuntimeErrors.invalid("input must be one of converse and invokeModel.");
    };
  }

  private int conversation(ChatModel model, ConverseTokensRequest input) {
    if (model.takesEveryField()) {
      return model.countTokens(input);
    }
    ConverseStreamRequest request =
        ConverseStreamRequest.builder()
            .messages(input.messages())
            .system(input.system())
            .toolConfig(input.toolConfig())
            .additionalModelRequestFields(input.additionalModelRequestFields())
            .build();
    Conversation.check(request);
    return model.countTokens(
        input.toBuilder().messages(attachments.ready(request, model).messages()).build());
  }

  private int body(Served served, Target target, SdkBytes bytes) {
    return switch (new ReadBody(families, target, bytes, false).of(served.entry())) {
      case NativeBody.Chat chat -> count(served.chat(), chat);
      case NativeBody.Embedding embedding -> embedding.tokens(served.embedding());
      case NativeBody.Image _, NativeBody.Rerank _ ->
          throw RuntimeErrors.invalid("The provided model doesn't support counting tokens.");
    };
  }

  private int count(ChatModel model, NativeBody.Chat body) {
    ConverseStreamRequest request = attachments.ready(body.request(), model);
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
