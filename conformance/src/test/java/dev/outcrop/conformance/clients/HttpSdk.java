package dev.outcrop.conformance.clients;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** The SDK's own clients against an endpoint, with their defaults. */
public final class HttpSdk implements JavaSdk {
  private static final StaticCredentialsProvider CREDENTIALS =
      StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local"));

  private final URI endpoint;
  private final Map<Class<?>, SdkClient> clients = new ConcurrentHashMap<>();

  public HttpSdk(URI endpoint) {
    this.endpoint = endpoint;
  }

  @Override
  public <C extends SdkClient> C client(Class<C> type) {
    return type.cast(clients.computeIfAbsent(type, t -> make(type)));
  }

  private SdkClient make(Class<? extends SdkClient> type) {
    try {
      AwsClientBuilder<?, ?> builder =
          (AwsClientBuilder<?, ?>) type.getMethod("builder").invoke(null);
      return (SdkClient) common(builder).build();
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private <B extends AwsClientBuilder<B, ?>> B common(AwsClientBuilder<B, ?> builder) {
    return builder
        .endpointOverride(endpoint)
        .region(Region.US_EAST_1)
        .credentialsProvider(CREDENTIALS);
  }

  @Override
  public boolean http() {
    return true;
  }

  /** The asynchronous client sends large files in parts, the synchronous one in one request. */
  @Override
  public void upload(String bucket, String key, Path file, boolean async) throws Exception {
    PutObjectRequest request = PutObjectRequest.builder().bucket(bucket).key(key).build();
    if (async) {
      try (S3AsyncClient s3 = common(S3AsyncClient.builder()).multipartEnabled(true).build()) {
        s3.putObject(request, file).get();
      }
    } else {
      client(S3Client.class).putObject(request, file);
    }
  }

  @Override
  public String presign(String operation, JsonNode input) {
    String bucket = input.path("Bucket").asText();
    String key = input.path("Key").asText();
    try (S3Presigner presigner =
        S3Presigner.builder()
            .endpointOverride(endpoint)
            .region(Region.US_EAST_1)
            .credentialsProvider(CREDENTIALS)
            .build()) {
      Duration valid = Duration.ofMinutes(5);
      return (operation.equals("GetObject")
              ? presigner
                  .presignGetObject(
                      p ->
                          p.signatureDuration(valid)
                              .getObjectRequest(
                                  GetObjectRequest.builder().bucket(bucket).key(key).build()))
                  .url()
              : presigner
                  .presignPutObject(
                      p ->
                          p.signatureDuration(valid)
                              .putObjectRequest(
                                  PutObjectRequest.builder().bucket(bucket).key(key).build()))
                  .url())
          .toString();
    }
  }

  @Override
  public void close() {
    clients.values().forEach(SdkClient::close);
  }
}
