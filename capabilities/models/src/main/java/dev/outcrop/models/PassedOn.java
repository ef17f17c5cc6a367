package dev.outcrop.models;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outcrop.models.calls.Usage;
import dev.outcrop.models.catalogue.CatalogueEntry;
import dev.outcrop.wire.EventSink;
import dev.outcrop.wire.ResponseHeaders;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelRequest;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelResponse;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelWithResponseStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.PayloadPart;
import software.amazon.awssdk.services.bedrockruntime.model.ResponseStream;

/**
 * Native bodies passed on as they are; what they count is in the headers, the body or the last
 * chunk.
 */
final class PassedOn {

  private static final String INPUT = "x-amzn-bedrock-input-token-count";
  private static final String OUTPUT = "x-amzn-bedrock-output-token-count";
  private static final String CACHE_READ = "x-amzn-bedrock-cache-read-input-token-count";
  private static final String CACHE_WRITE = "x-amzn-bedrock-cache-write-input-token-count";
  private static final String METRICS = "amazon-bedrock-invocationMetrics";
  private static final byte[] METRICS_BYTES = METRICS.getBytes(StandardCharsets.US_ASCII);

  private PassedOn() {}

  static InvokeModelResponse invoke(NativeModel model, InvokeModelRequest request, Call call) {
    Map<String, String> headers = new HashMap<>();
    InvokeModelResponse answer = ResponseHeaders.collect(headers, () -> model.invoke(request));
    headers.forEach(ResponseHeaders::set);
    call.usage(
        new Usage(
            count(headers, INPUT),
            count(headers, OUTPUT),
            count(headers, CACHE_READ),
            count(headers, CACHE_WRITE),
            images(call.servedBy(), headers, answer.body())));
    return answer;
  }

  /** No header counts images, and models that make them give none of tokens. */
  private static long images(
      CatalogueEntry servedBy, Map<String, String> headers, SdkBytes answer) {
    boolean likely = servedBy.kind() == ModelEntry.Kind.IMAGE || !headers.containsKey(OUTPUT);
    return likely && answer != null ? MadeImages.count(answer.asByteArrayUnsafe()) : 0;
  }

  private static long count(Map<String, String> headers, String name) {
    String value = headers.getOrDefault(name, "0");
    return value.matches("\\d{1,18}") ? Long.parseLong(value) : 0;
  }

  /** The headers that tell what an answer in one piece consumed. */
  static void headers(Usage usage, boolean caches) {
    ResponseHeaders.set(INPUT, String.valueOf(usage.input()));
    ResponseHeaders.set(OUTPUT, String.valueOf(usage.output()));
    if (caches) {
      ResponseHeaders.set(CACHE_READ, String.valueOf(usage.cacheRead()));
      ResponseHeaders.set(CACHE_WRITE, String.valueOf(usage.cacheWrite()));
    }
  }

  static void stream(
      NativeModel model, InvokeModelWithResponseStreamRequest request, Call call, Chunked client) {
    model.invoke(
        request,
        new EventSink<ResponseStream>() {
          @Override
          public void respond(SdkResponse initial) {
            client.respond(initial);
          }

          @Override
          public void send(ResponseStream event) {
            SdkBytes chunk = ((PayloadPart) event).bytes();
            boolean last = contains(chunk.asByteArrayUnsafe(), METRICS_BYTES, Integer.MAX_VALUE);
            if (last) {
              call.usage(usage(Json.body(chunk).path(METRICS)));
            } else {
              call.piece(0);
            }
            client.send(chunk, () -> Json.body(chunk), last);
          }
        });
  }

  private static Usage usage(JsonNode metrics) {
    return new Usage(
        metrics.path("inputTokenCount").asLong(),
        metrics.path("outputTokenCount").asLong(),
        metrics.path("cacheReadInputTokenCount").asLong(),
        metrics.path("cacheWriteInputTokenCount").asLong(),
        0);
  }

  /** Whether a text has a word, in its first so many bytes. */
  static boolean contains(byte[] text, byte[] word, int within) {
    for (int i = 0; i <= Math.min(text.length, within) - word.length; i++) {
      int j = 0;
      while (j < word.length && text[i + j] == word[j]) {
        j++;
      }
      if (j == word.length) {
        return true;
      }
    }
    return false;
  }
}
