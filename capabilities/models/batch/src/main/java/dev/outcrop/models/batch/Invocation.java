package dev.outcrop.models.batch;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outcrop.wire.RefusedException;
import dev.outcrop.wire.ResponseHeaders;
import dev.outcrop.wire.SdkJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeClient;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseResponse;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelResponse;

/**
 * Calls a model for an input that nobody waits for: when the model is throttled, not ready or
 * unavailable, it is asked again after pauses, each twice the one before.
 *
 * @param first pause
 */
record Invocation(BedrockRuntimeClient models, Duration first) {
  /** With pauses from half a second on, about a minute in all. */
  private static final int TRIES = 8;

  private static final int THROTTLED = 429;
  private static final int UNAVAILABLE = 503;
  private static final int BAD = 400;
  private static final int BROKEN = 500;

  /** The input is the request of Converse. */
  Answer converse(String model, JsonNode input) throws InterruptedException {
    ConverseRequest request;
    try {
      request = request(input);
    } catch (RefusedException | IllegalArgumentException e) {
      return new Answer.Failure(BAD, e.getMessage());
    } catch (UncheckedIOException e) {
      return new Answer.Failure(BAD, "modelInput is not a request of Converse: " + first(e));
    }
    return persistently(
        () -> {
          ConverseResponse response = models.converse(request.toBuilder().modelId(model).build());
          return new Answer.Output(
              tree(SdkJson.write(response)),
              response.usage() == null ? 0 : response.usage().inputTokens(),
              response.usage() == null ? 0 : response.usage().outputTokens());
        });
  }

  /** The input is the body that the model's family has. */
  Answer invoke(String model, JsonNode input) throws InterruptedException {
    return persistently(
        () -> {
          Map<String, String> headers = new HashMap<>();
          InvokeModelResponse response =
              ResponseHeaders.collect(
                  headers,
                  () ->
                      models.invokeModel(
                          r ->
                              r.modelId(model)
                                  .contentType("application/json")
                                  .accept("application/json")
                                  .body(SdkBytes.fromByteArrayUnsafe(Json.bytes(input)))));
          return new Answer.Output(
              tree(response.body().asByteArrayUnsafe()),
              count(headers, "input"),
              count(headers, "output"));
        });
  }

  private interface Call {
    Answer make();
  }

  private Answer persistently(Call call) throws InterruptedException {
    Duration pause = first;
    for (int attempt = 1; ; attempt++) {
      try {
        return call.make();
      } catch (AwsServiceException e) {
        if (attempt == TRIES || e.statusCode() != THROTTLED && e.statusCode() != UNAVAILABLE) {
          return new Answer.Failure(e.statusCode() == 0 ? BROKEN : e.statusCode(), words(e));
        }
      } catch (RuntimeException e) {
        return new Answer.Failure(BROKEN, String.valueOf(e.getMessage()));
      }
      Thread.sleep(pause);
      pause = pause.multipliedBy(2);
    }
  }

  private static String words(AwsServiceException e) {
    return e.awsErrorDetails() == null ? e.getMessage() : e.awsErrorDetails().errorMessage();
  }

  private static ConverseRequest request(JsonNode input) {
    if (input.has("modelId")) {
      throw new IllegalArgumentException("modelInput.modelId: the model is the job's.");
    }
    ConverseRequest request = SdkJson.read(Json.bytes(input), ConverseRequest::builder);
    String unknown = Json.missing(input, tree(SdkJson.write(request)), "");
    if (unknown != null) {
      throw new IllegalArgumentException("Converse has no field modelInput." + unknown);
    }
    return request;
  }

  private static JsonNode tree(byte[] json) {
    try {
      return Json.MAPPER.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException("The model's answer is not JSON.", e);
    }
  }

  private static String first(UncheckedIOException e) {
    return String.valueOf(e.getCause().getMessage()).lines().findFirst().orElse("");
  }

  private static long count(Map<String, String> headers, String what) {
    return Long.parseLong(headers.getOrDefault("x-amzn-bedrock-" + what + "-token-count", "0"));
  }
}
