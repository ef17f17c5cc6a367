package dev.outcrop.conformance.clients;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outcrop.server.Outcrop;
import java.nio.file.Path;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/** The clients of an Outcrop in this process, which have no socket. */
public record InProcessSdk(Outcrop outcrop) implements JavaSdk {

  @Override
  public <C extends SdkClient> C client(Class<C> type) {
    return outcrop.client(type);
  }

  @Override
  public boolean http() {
    return false;
  }

  @Override
  public void upload(String bucket, String key, Path file, boolean async) throws Exception {
    PutObjectRequest request = PutObjectRequest.builder().bucket(bucket).key(key).build();
    if (async) {
      client(S3AsyncClient.class).putObject(request, file).get();
    } else {
      client(S3Client.class).putObject(request, file);
    }
  }

  @Override
  public String presign(String operation, JsonNode input) {
    throw new UnsupportedOperationException("there is no URL without a server");
  }

  @Override
  public void close() {}
}
