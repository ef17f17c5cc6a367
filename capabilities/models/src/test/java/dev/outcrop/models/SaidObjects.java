package dev.outcrop.models;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/**
 * A bucket in which every key has its own name for content; {@code missing} is missing, and {@code
 * large} has five million bytes.
 */
public final class SaidObjects {

  public ResponseInputStream<GetObjectResponse> getObject(GetObjectRequest request) {
    if (request.key().equals("missing")) {
      throw NoSuchKeyException.builder().message("The specified key does not exist.").build();
    }
    byte[] bytes =
        request.key().equals("large")
            ? new byte[5_000_000]
            : request.key().getBytes(StandardCharsets.UTF_8);
    return new ResponseInputStream<>(
        GetObjectResponse.builder().contentLength((long) bytes.length).build(),
        new ByteArrayInputStream(bytes));
  }
}
