package dev.outcrop.logs.invocations;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.zip.GZIPOutputStream;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.bedrock.model.S3Config;
import software.amazon.awssdk.services.s3.S3Client;

/** A compressed file of JSON lines that grows in memory until it is written to S3. */
final class LineFile {
  private static final int FULL = 5_000_000;
  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssSSS'Z'").withZone(ZoneOffset.UTC);
  private static final SecureRandom RANDOM = new SecureRandom();

  private final S3Client s3;
  private final S3Config config;
  private final InvocationLogging.Place place;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private GZIPOutputStream lines;
  private Instant first;
  private int count;

  LineFile(S3Client s3, S3Config config, InvocationLogging.Place place) {
    this.s3 = s3;
    this.config = config;
    this.place = place;
  }

  void add(Instant time, byte[] line) {
    try {
      if (lines == null) {
        lines = new GZIPOutputStream(bytes);
        first = time;
      }
      lines.write(line);
      lines.write('\n');
      count++;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  boolean full() {
    return bytes.size() > FULL;
  }

  int lines() {
    return count;
  }

  String bucket() {
    return config.bucketName();
  }

  InvocationLogging.Place place() {
    return place;
  }

  /** Writes what there is as one object and begins anew. */
  void flush() {
    if (lines == null) {
      return;
    }
    try {
      lines.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    byte[] random = new byte[8];
    RANDOM.nextBytes(random);
    String key =
        LargeBodies.folder(config, place, first)
            + NAME.format(first)
            + "_"
            + HexFormat.of().formatHex(random)
            + ".json.gz";
    byte[] file = bytes.toByteArray();
    bytes.reset();
    lines = null;
    count = 0;
    InvocationLogging.context(place)
        .call(
            () ->
                s3.putObject(
                    put -> put.bucket(config.bucketName()).key(key).contentType("application/gzip"),
                    RequestBody.fromBytes(file)));
  }
}
