package dev.outcrop.logs.invocations;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outcrop.models.calls.ModelCall;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.zip.GZIPOutputStream;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.bedrock.model.S3Config;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Moves bodies that are too large for a record, or no JSON, into objects of their own, of which the
 * record then tells the address. Without a bucket for them, or one that doesn't take them, they are
 * left out.
 *
 * @param config null for none
 */
record LargeBodies(S3Client s3, S3Config config, LogDeliveries deliveries) {
  private static final System.Logger LOG = System.getLogger(LargeBodies.class.getName());
  private static final int LARGE = 100 * 1024;
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final DateTimeFormatter HOUR =
      DateTimeFormatter.ofPattern("yyyy/MM/dd/HH/").withZone(ZoneOffset.UTC);

  void moveFrom(ObjectNode record, ModelCall call) {
    move(record, "input", call);
    move(record, "output", call);
  }

  private void move(ObjectNode record, String part, ModelCall call) {
    if (!(record.get(part) instanceof ObjectNode side)) {
      return;
    }
    JsonNode body = side.get(part + "BodyJson");
    if (body == null) {
      return;
    }
    byte[] bytes = bytes(body);
    if (bytes.length <= LARGE && !body.isBinary()) {
      return;
    }
    side.remove(part + "BodyJson");
    if (config == null) {
      return;
    }
    InvocationLogging.Place place = new InvocationLogging.Place(call.account(), call.region());
    String extension = body.isBinary() ? ".bin.gz" : ".json.gz";
    String key =
        folder(config, place, call.start()) + "data/" + call.requestId() + "_" + part + extension;
    if (written(key, bytes, place)) {
      side.put(part + "BodyS3Path", "s3://" + config.bucketName() + "/" + key);
    }
  }

  private boolean written(String key, byte[] bytes, InvocationLogging.Place place) {
    LogDeliveries.Result result = LogDeliveries.Result.DELIVERED;
    try {
      s3.putObject(
          put -> put.bucket(config.bucketName()).key(key).contentType("application/gzip"),
          RequestBody.fromBytes(zipped(bytes)));
    } catch (RuntimeException e) {
      result = LogDeliveries.Result.FAILED;
      LOG.log(
          System.Logger.Level.WARNING,
          "A large body of a model call could not be written to bucket {0}: {1}",
          config.bucketName(),
          e.getMessage());
    }
    deliveries.count(
        place.account(), place.region(), LogDeliveries.Destination.LARGE_DATA, result, 1);
    return result == LogDeliveries.Result.DELIVERED;
  }

  /** Where Bedrock puts the logs of an hour. */
  static String folder(S3Config config, InvocationLogging.Place place, Instant time) {
    String prefix = config.keyPrefix() == null ? "" : config.keyPrefix();
    return (prefix.isEmpty() || prefix.endsWith("/") ? prefix : prefix + "/")
        + "AWSLogs/"
        + place.account()
        + "/BedrockModelInvocationLogs/"
        + place.region()
        + "/"
        + HOUR.format(time);
  }

  private static byte[] bytes(JsonNode body) {
    try {
      return body.isBinary() ? body.binaryValue() : MAPPER.writeValueAsBytes(body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] zipped(byte[] bytes) {
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
      out.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return zipped.toByteArray();
  }
}
