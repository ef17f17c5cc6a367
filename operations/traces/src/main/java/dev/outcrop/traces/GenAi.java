package dev.outcrop.traces;

import dev.outcrop.models.calls.ModelCall;
import io.opentelemetry.api.common.AttributeKey;
import java.util.List;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/** Names of OpenTelemetry's semantic conventions for generative AI and for AWS. */
final class GenAi {
  static final AttributeKey<String> OPERATION = AttributeKey.stringKey("gen_ai.operation.name");
  static final AttributeKey<String> PROVIDER = AttributeKey.stringKey("gen_ai.provider.name");
  static final AttributeKey<String> REQUEST_MODEL = AttributeKey.stringKey("gen_ai.request.model");
  static final AttributeKey<String> RESPONSE_MODEL =
      AttributeKey.stringKey("gen_ai.response.model");
  static final AttributeKey<Long> MAX_TOKENS = AttributeKey.longKey("gen_ai.request.max_tokens");
  static final AttributeKey<Double> TEMPERATURE =
      AttributeKey.doubleKey("gen_ai.request.temperature");
  static final AttributeKey<Double> TOP_P = AttributeKey.doubleKey("gen_ai.request.top_p");
  static final AttributeKey<List<String>> STOP_SEQUENCES =
      AttributeKey.stringArrayKey("gen_ai.request.stop_sequences");
  static final AttributeKey<List<String>> FINISH_REASONS =
      AttributeKey.stringArrayKey("gen_ai.response.finish_reasons");
  static final AttributeKey<Long> INPUT_TOKENS = AttributeKey.longKey("gen_ai.usage.input_tokens");
  static final AttributeKey<Long> OUTPUT_TOKENS =
      AttributeKey.longKey("gen_ai.usage.output_tokens");
  static final AttributeKey<Long> CACHE_READ =
      AttributeKey.longKey("gen_ai.usage.cache_read.input_tokens");
  static final AttributeKey<Long> CACHE_WRITE =
      AttributeKey.longKey("gen_ai.usage.cache_creation.input_tokens");
  static final AttributeKey<Double> FIRST_TOKEN =
      AttributeKey.doubleKey("gen_ai.server.time_to_first_token");
  static final AttributeKey<String> INPUT = AttributeKey.stringKey("gen_ai.input.messages");
  static final AttributeKey<String> SYSTEM = AttributeKey.stringKey("gen_ai.system_instructions");
  static final AttributeKey<String> OUTPUT = AttributeKey.stringKey("gen_ai.output.messages");
  static final AttributeKey<String> ERROR_TYPE = AttributeKey.stringKey("error.type");
  static final AttributeKey<String> RPC_METHOD = AttributeKey.stringKey("rpc.method");
  static final AttributeKey<String> REQUEST_ID = AttributeKey.stringKey("aws.request_id");
  static final AttributeKey<String> ACCOUNT = AttributeKey.stringKey("cloud.account.id");
  static final AttributeKey<String> REGION = AttributeKey.stringKey("cloud.region");
  static final AttributeKey<String> PROFILE =
      AttributeKey.stringKey("aws.bedrock.inference_profile.arn");

  /** Who runs the model, by its name in the configuration. */
  static final AttributeKey<String> SERVED_BY = AttributeKey.stringKey("outcrop.provider");

  /** The API that is spoken is Bedrock's, whoever runs the model. */
  static final String BEDROCK = "aws.bedrock";

  private GenAi() {}

  static String operation(ModelCall call) {
    return switch (call.entry().kind()) {
      case CHAT, QUOTE -> "chat";
      case EMBEDDING -> "embeddings";
      case IMAGE -> "generate_content";
      case RERANK -> "rerank";
    };
  }

  /** The code that the client is given. */
  static String errorType(Throwable failure) {
    return failure instanceof AwsServiceException aws
            && aws.awsErrorDetails() != null
            && aws.awsErrorDetails().errorCode() != null
        ? aws.awsErrorDetails().errorCode()
        : failure.getClass().getSimpleName();
  }
}
