package dev.outcrop.logs.invocations;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outcrop.models.ModelEntry;
import dev.outcrop.models.calls.ModelCall;
import dev.outcrop.models.calls.Usage;
import java.time.temporal.ChronoUnit;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.bedrock.model.LoggingConfig;

/** The record of a call in Bedrock's schema, ModelInvocationLog 1.0. */
final class LogRecord {
  private static final String JSON = "application/json";

  private LogRecord() {}

  static ObjectNode of(Logged logged) {
    ModelCall call = logged.call;
    ObjectNode record = JsonNodeFactory.instance.objectNode();
    record.put("schemaType", "ModelInvocationLog");
    record.put("schemaVersion", "1.0");
    record.put("timestamp", call.start().truncatedTo(ChronoUnit.SECONDS).toString());
    record.put("accountId", call.account());
    record.putObject("identity").put("arn", call.caller());
    record.put("region", call.region());
    record.put("requestId", call.requestId());
    record.put("operation", call.operation());
    record.put("modelId", call.modelId());
    input(record.putObject("input"), logged);
    Throwable failure = logged.outcome().failure();
    if (failure != null) {
      record.put("errorCode", code(failure));
    }
    if (failure == null || !logged.pieces().isEmpty()) {
      output(record.putObject("output"), logged);
    }
    if (!call.metadata().isEmpty()) {
      ObjectNode metadata = record.putObject("requestMetadata");
      call.metadata().forEach(metadata::put);
    }
    return record;
  }

  private static void input(ObjectNode input, Logged logged) {
    Usage usage = logged.outcome().usage();
    input.put("inputContentType", JSON);
    if (wanted(logged)) {
      input.set("inputBodyJson", Media.without(logged.call.input().get(), logged.config));
    }
    input.put("inputTokenCount", usage.input());
    if (usage.cacheRead() > 0 || usage.cacheWrite() > 0) {
      input.put("cacheReadInputTokenCount", usage.cacheRead());
      input.put("cacheWriteInputTokenCount", usage.cacheWrite());
    }
  }

  private static void output(ObjectNode output, Logged logged) {
    output.put("outputContentType", JSON);
    if (wanted(logged) && !logged.pieces().isEmpty()) {
      output.set("outputBodyJson", Media.without(answer(logged), logged.config));
    }
    output.put("outputTokenCount", logged.outcome().usage().output());
  }

  /** The body of an answer in one piece; the events of a stream in their order. */
  private static JsonNode answer(Logged logged) {
    if (!logged.call.operation().endsWith("Stream")) {
      return logged.pieces().all().getFirst();
    }
    ArrayNode events = JsonNodeFactory.instance.arrayNode();
    return events.addAll(logged.pieces().all());
  }

  /** Whether bodies of what the model does are delivered; without a word they are. */
  private static boolean wanted(Logged logged) {
    LoggingConfig config = logged.config;
    ModelEntry.Kind kind = logged.call.entry().kind();
    Boolean enabled =
        switch (kind) {
          case IMAGE -> config.imageDataDeliveryEnabled();
          case EMBEDDING -> config.embeddingDataDeliveryEnabled();
          case CHAT, RERANK, QUOTE -> config.textDataDeliveryEnabled();
        };
    return !Boolean.FALSE.equals(enabled);
  }

  private static String code(Throwable failure) {
    if (failure instanceof AwsServiceException aws) {
      return aws.awsErrorDetails() != null && aws.awsErrorDetails().errorCode() != null
          ? aws.awsErrorDetails().errorCode()
          : aws.getClass().getSimpleName();
    }
    return failure.getClass().getSimpleName().startsWith("ClientGone")
        ? "ClientGone"
        : "InternalServerException";
  }
}
